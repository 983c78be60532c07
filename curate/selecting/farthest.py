"""Farthest first: each prompt taken is the one farthest from all taken before it (Gonzalez 1985).

The k prompts taken so are never more than twice as far from the rest as the best k could be. The
work is prompts x taken x dimensions.
"""

from typing import TYPE_CHECKING, Any

from curate.console import Advance, no_bar

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

BLOCK = 1 << 16


def farthest_first(
    vectors: "Array", count: int, first: int, advance: Advance = no_bar
) -> tuple["Array", "Array"]:
    """The places of `count` vectors in the order they are taken, and how far each was (float64).

    `vectors` are of length 1, shape (n, d); the distance is the Euclidean one, from 0 to 2, and the
    first one's is NaN. Of several as far the first is taken. One thread computes, so that near ties
    come out the same.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    count = min(count, len(vectors))
    taken = np.empty(count, np.int64)
    apart = np.full(count, np.nan)
    nearest = np.full(len(vectors), -np.inf, np.float32)
    last = first
    with threadpool_limits(1):
        for place in range(count):
            taken[place] = last
            if place:
                apart[place] = np.sqrt(max(0.0, 2 - 2 * float(nearest[last])))
            for start in range(0, len(vectors), BLOCK):
                block = slice(start, start + BLOCK)
                np.maximum(nearest[block], vectors[block] @ vectors[last], out=nearest[block])
            nearest[last] = np.inf
            advance(1)
            last = int(nearest.argmin())
    return taken, apart
