"""How often a judge prefers what people preferred: ACC and ACC+, with intervals over prompts.

Source: MM-RLHF-RewardBench (arXiv 2502.10391, section 5). ACC is pairs won, strictly, over all
pairs: a tie is wrong. ACC+ is prompts with every pair won over all prompts. The pairs of a prompt
share answers, so what varies by chance are prompts, never single pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schemas.intervals import Interval, wilson

RIGHT, TIE, WRONG, UNSCORED = 1, 0, -1, -2
"""Outcomes of a pair; an unscored one is wrong, too, but no tie."""

DRAWS = 2_000
LEVEL = (0.025, 0.975)

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of pairs or prompts, and its 95 % interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Counts of pairs and prompts, and their shares.

    `ties_half` is ACC with a tie as half a pair won. `whole` are prompts with all pairs won.
    """

    pairs: int
    prompts: int
    right: int
    ties: int
    unscored: int
    whole: int
    acc: Share
    acc_plus: Share
    ties_half: Share


def accuracy(outcomes: Sequence[int], prompts: Sequence[int], *, seed: int = 0) -> Accuracy:
    """The accuracy over at least one pair; `prompts` numbers each pair's prompt, in any way."""
    kinds, counts = _kinds_of_prompts(np.asarray(outcomes), np.asarray(prompts))
    pairs, right, ties, unscored = (int(column @ counts) for column in kinds)
    count = int(counts.sum())
    whole = int(counts[kinds[0] == kinds[1]].sum())
    drawn = np.random.default_rng(seed).multinomial(count, counts / count, size=DRAWS)
    return Accuracy(
        pairs=pairs,
        prompts=count,
        right=right,
        ties=ties,
        unscored=unscored,
        whole=whole,
        acc=_share(2 * kinds[1], kinds[0], counts, drawn),
        acc_plus=Share(whole / count, wilson(whole / count, count)),
        ties_half=_share(2 * kinds[1] + kinds[2], kinds[0], counts, drawn),
    )


def macro_average(parts: Sequence[float]) -> float:
    """The mean over categories, whatever their sizes."""
    return sum(parts) / len(parts)


def _kinds_of_prompts(outcomes: Ints, prompts: Ints) -> tuple[Ints, Ints]:
    """Prompts alike in pairs, right ones, ties and unscored ones, as columns, and how many of each.

    Prompts of a kind are the same to every count, so kinds are drawn in place of prompts. They
    come sorted: neither the numbers of prompts nor the order of pairs changes what is drawn.
    """
    _, numbers = np.unique(prompts, return_inverse=True)
    columns = [np.ones_like(outcomes), *(outcomes == kind for kind in (RIGHT, TIE, UNSCORED))]
    sums = np.array([np.bincount(numbers, weights=column) for column in columns], np.int64)
    return np.unique(sums, axis=1, return_counts=True)


def _share(halves: Ints, pairs: Ints, counts: Ints, drawn: Ints) -> Share:
    """Halves of pairs won over pairs, by kind of prompt.

    Where every prompt has the same share no draw could differ; then Wilson's interval over the
    prompts stands for the one that cannot be drawn.
    """
    won, all_pairs = int(halves @ counts), int(pairs @ counts)
    value = won / (2 * all_pairs)
    if (halves * all_pairs == won * pairs).all():
        return Share(value, wilson(value, int(counts.sum())))
    shares = (drawn @ halves) / (2 * (drawn @ pairs))
    low, high = np.quantile(shares, LEVEL)
    return Share(value, (float(low), float(high)))
