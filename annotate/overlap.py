"""The overlap: prompts drawn uniformly for people and judge alike, to hold the judge to people.

Every prompt has a number in [0, 1) from a hash of its id, and is drawn where that number lies below
a threshold. The threshold is the configured share, or the one that draws the wanted minimum. So a
prompt's threshold is the probability with which it was drawn, a threshold never falls, and more
prompts never un-draw one.
"""

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from heapq import nsmallest

WHOLE = 10**12
"""The numbers of prompts are whole ones below this, which stands for probability 1."""

STEP = 10**6
"""Thresholds are multiples of this: probabilities are stored with six places."""

HEX_DIGITS = 15


def draw_of(prompt_id: str, seed: int) -> int:
    """The prompt's number: the first 15 hex digits of sha256("<seed>:<prompt_id>"), scaled."""
    digits = hashlib.sha256(f"{seed}:{prompt_id}".encode()).hexdigest()[:HEX_DIGITS]
    return int(digits, 16) * WHOLE >> 4 * HEX_DIGITS


def threshold_of(probability: Decimal | float) -> int:
    """The threshold below which a prompt is drawn with this probability, cut to six places.

    A float is read as the decimal that prints it, which is what its writer meant.
    """
    exact = probability if isinstance(probability, Decimal) else Decimal(repr(probability))
    return int(exact * WHOLE) // STEP * STEP


def threshold(numbers: Iterable[tuple[int, int]], share: float, minimum: int) -> int:
    """The threshold for prompts given as (number, the threshold they had before, 0 if none).

    It draws the share, and where that and the earlier draws are less than the minimum, the smallest
    numbers among the others up to the minimum; where there are not so many, all. With m numbers
    wanted among the others, the threshold is the (m + 1)th smallest of them. For a drawn prompt
    that is the m-th smallest of the rest, whatever its own number: the probability that it was
    drawn, given the rest (bottom-k sampling; Cohen and Kaplan 2007, "rank conditioning").
    """
    drawn = 0

    def others() -> Iterator[int]:
        nonlocal drawn
        for number, before in numbers:
            if number < before:
                drawn += 1
            else:
                yield number

    smallest = nsmallest(minimum + 1, others())
    wanted = minimum - drawn
    if wanted <= 0:
        return threshold_of(share)
    if len(smallest) <= wanted:
        return WHOLE
    return max(threshold_of(share), _between(smallest[wanted - 1], smallest[wanted]))


def _between(last_drawn: int, first_left: int) -> int:
    """The largest step up to the first number left that is above the last one drawn.

    Where both lie within one step there is none, and the next step draws the one more.
    """
    cut = first_left // STEP * STEP
    return cut if cut > last_drawn else cut + STEP
