"""What a share of pairs is worth where the pairs of one prompt are alike: they share answers."""

from collections.abc import Sequence

from schemas.intervals import Proportion


def clustered(won: Sequence[int], pairs: Sequence[int]) -> Proportion:
    """The share of pairs won, with Wilson's interval over as many pairs as the prompts are worth.

    One number a prompt: its pairs won and its pairs. The worth is p (1 - p) over the variance of
    the share between prompts, and never more than the pairs. Where no prompt differs from another
    it is n^2 / sum(n_i^2) prompts (Kish 1965).
    Source: Korn and Graubard, Survey Methodology 24 (1998); Franco and others, JSSAM 7 (2019).
    """
    part, whole = sum(won), sum(pairs)
    if not whole:
        return Proportion.of(0, 0)
    return Proportion.of(part, whole, worth=_worth(won, pairs, part / whole, whole))


def _worth(won: Sequence[int], pairs: Sequence[int], share: float, whole: int) -> float:
    prompts = len(pairs)
    off = sum((part - share * count) ** 2 for part, count in zip(won, pairs, strict=True))
    if prompts < 2 or off <= ALIKE:
        return whole**2 / sum(count**2 for count in pairs)
    variance = off / whole**2 * prompts / (prompts - 1)
    return min(float(whole), share * (1 - share) / variance)


ALIKE = 1e-9
