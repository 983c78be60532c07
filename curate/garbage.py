"""Python's search for cycles of objects, held back while millions of records without one pass."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = 100_000
"""New objects after which the young ones are searched; Python's own number is 700."""


@contextmanager
def searched_rarely() -> Iterator[None]:
    """While the block runs, far fewer searches; what no cycle holds goes at once, as ever."""
    young, *older = gc.get_threshold()
    gc.set_threshold(max(young, RARELY), *older)
    try:
        yield
    finally:
        gc.set_threshold(young, *older)
