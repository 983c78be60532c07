"""The contract of a source: what a layout gets and what it gives.

A container (JSONL, CSV, Parquet, a Hub data set) is opened once, by `curate.sources.containers`,
into rows; a layout shapes rows into records. A new layout is one file with a `LAYOUT` and one line
in `curate.sources.registry`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from curate.sources.record import Row, SourceDrop, SourceRecord


class SourceInput(Protocol):
    """What the user named, opened: files below a root, read row by row.

    For a Hub data set or a `save_to_disk` folder there is one virtual file named `data`.
    """

    @property
    def root(self) -> Path:
        """The folder that relative paths of media are below."""

    @property
    def files(self) -> Sequence[str]:
        """The files' paths below the root, sorted."""

    def rows(self, file: str) -> Iterator[Row | SourceDrop]:
        """Rows of one file in order; what is no row comes as a drop with its reason."""

    def head(self, file: str, count: int = 20) -> Sequence[Mapping[str, Any]]:
        """The values of up to `count` readable first rows, for recognising a layout."""


Records = Iterator[SourceRecord | SourceDrop]


@dataclass(frozen=True, slots=True)
class Layout:
    """A known layout: `matches` recognises it by content, `read` turns its rows into records.

    `in_runs` says that a prompt may give several records, one after another.
    """

    name: str
    about: str
    matches: Callable[[SourceInput], bool]
    read: Callable[[SourceInput], Records]
    in_runs: bool = False
