"""A share of independent things and its 95 % interval, by Wilson's formula."""

from math import sqrt

from schemas.base import Record

NORMAL = 1.959963984540054
DIGITS = 6
Interval = tuple[float, float]


def wilson(share: float, count: float) -> Interval:
    """Wilson's 95 % interval of a share of `count` independent things; never of width 0.

    Source: E. B. Wilson, Probable inference, JASA 22 (1927).
    """
    middle = share + NORMAL**2 / (2 * count)
    reach = NORMAL * sqrt(share * (1 - share) / count + NORMAL**2 / (4 * count**2))
    scale = 1 + NORMAL**2 / count
    low, high = (middle - reach) / scale, (middle + reach) / scale
    return min(max(low, 0.0), share), max(min(high, 1.0), share)


class Proportion(Record):
    """`part` of `whole`, with the bounds of the 95 % interval; of nothing, all three are null."""

    part: int
    whole: int
    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, part: int, whole: int, *, worth: float | None = None) -> "Proportion":
        """The share; `worth` is how many independent things the whole counts for, if fewer."""
        if not whole:
            return cls(part=part, whole=whole, value=None, low=None, high=None)
        low, high = wilson(part / whole, whole if worth is None else worth)
        return cls(
            part=part,
            whole=whole,
            value=round(part / whole, DIGITS),
            low=round(low, DIGITS),
            high=round(high, DIGITS),
        )
