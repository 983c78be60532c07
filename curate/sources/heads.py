"""Recognition by the first rows: a layout says what a row of its own looks like, most must fit.

Most and not all: one broken row among the first must not hide what the file is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curate.sources.base import SourceInput
from curate.sources.record import Row, SourceDrop

LOOKED_INTO = 5
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HeadsOnce:
    """A source whose first rows are read once, however many layouts look at them.

    A Hub data set is a stream: reading its first rows anew fetches them anew.
    """

    source: SourceInput
    _heads: dict[tuple[str, int], Sequence[Values]] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The source's root."""
        return self.source.root

    @property
    def files(self) -> Sequence[str]:
        """The source's files."""
        return self.source.files

    def rows(self, file: str) -> Iterator[Row | SourceDrop]:
        """The file's rows, read anew."""
        return self.source.rows(file)

    def head(self, file: str, count: int = 20) -> Sequence[Values]:
        """The first rows, from memory where they were asked for before."""
        key = (file, count)
        if key not in self._heads:
            self._heads[key] = self.source.head(file, count)
        return self._heads[key]


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
