"""One number with its interval."""

from schemas.base import Record


class Figure(Record):
    """One number over `n` comparisons, with the bounds of its 95 % interval.

    The interval is a percentile bootstrap that draws prompts with all their votes. Null is what
    the data do not define: a value without variation, an interval of one prompt.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
