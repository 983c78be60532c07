"""How many prompts of each task type are wanted, in whole prompts that sum up exactly.

Types named in a ratio share what the named types have together; the others keep their raw share, as
MM-RLHF re-weights long, short and multiple choice and leaves safety and video as they are (2.1).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction


def wanted_by_type(
    count: int, there: Mapping[str, int], ratio: Mapping[str, float]
) -> dict[str, int]:
    """How many of `count` prompts each type should give, by type; the sum is `count`.

    `there` is how many prompts each type has, `ratio` the weights of the types to re-weight. A type
    that is named has its share of the named types' prompts even where it has none itself. Where
    there are no prompts at all nothing is wanted.
    """
    total = sum(there.values())
    if not total:
        return {}
    weights = {name: Fraction(str(weight)) for name, weight in ratio.items()}
    named = Fraction(sum(there.get(name, 0) for name in weights), total)
    whole = sum(weights.values())
    shares = {name: Fraction(size, total) for name, size in there.items() if name not in weights}
    shares |= {name: named * weight / whole for name, weight in weights.items()}
    names = sorted(shares)
    return dict(zip(names, apportioned(count, [shares[name] for name in names]), strict=True))


def apportioned(count: int, weights: Sequence[Fraction | int]) -> list[int]:
    """`count` in whole parts as near to the weights as they can be (largest remainder, Hamilton).

    Each part is its exact share, rounded down or up; equal remainders go to the first.
    """
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    exact = [Fraction(count * weight) / total for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: count - sum(parts)]:
        parts[place] += 1
    return parts
