"""Recognition by the first rows: a layout says what a row of its own looks like, most must fit.

Most and not all: one broken row among the first must not hide what the file is.
"""

from collections.abc import Callable, Mapping
from typing import Any

from curate.sources.base import SourceInput

LOOKED_INTO = 5
Values = Mapping[str, Any]


def most_rows(source: SourceInput, fits: Callable[[Values], bool]) -> bool:
    """Whether most of the first rows of the first readable file fit."""
    for file in source.files[:LOOKED_INTO]:
        heads = source.head(file)
        if heads:
            return 2 * sum(map(fits, heads)) > len(heads)
    return False


def has_texts(head: Values, *columns: str) -> bool:
    """Whether every one of the columns holds a text."""
    return all(isinstance(head.get(column), str) for column in columns)


def has_objects(head: Values, *columns: str) -> bool:
    """Whether every one of the columns holds an object."""
    return all(isinstance(head.get(column), Mapping) for column in columns)


def has_lists(head: Values, *columns: str) -> bool:
    """Whether every one of the columns holds a list."""
    return all(isinstance(head.get(column), (list, tuple)) for column in columns)
