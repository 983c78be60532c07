"""The contract of an export format: what it gets, what it gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BufferedIOBase, RawIOBase
from pathlib import Path
from typing import Protocol

from export.verify.base import Verdict
from schemas.exported import ExportTable

Progress = Callable[[int], None]
"""Told, after every batch, how many more pairs were written or refused."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of the rubric: its scale and its weight in the score."""

    name: str
    low: float
    high: float
    weight: float


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user decides of a format's rows.

    `k` is the scale of `ls_factor` = 1 - exp(-k max(delta, 0)). `reward_margin` writes a margin
    for reward models. `threshold` is the least score, in points of the build's own rubric, of a
    best answer. `pseudonyms` are rater ids of people that name nobody.
    """

    k: float = 0.5
    reward_margin: bool = False
    threshold: Decimal | None = None
    pseudonyms: Sequence[str] = ()


class StoredFiles(Protocol):
    """The media store: files by name, wherever they lie. OSError says that one is not there."""

    def size(self, file: str) -> int:
        """Bytes of a file."""

    def stream(self, file: str) -> RawIOBase | BufferedIOBase:
        """A file's bytes to be read piece by piece."""

    def place(self, file: str, target: Path) -> None:
        """Copy a file to a path, unless one is there."""


@dataclass(frozen=True, slots=True)
class ExportInput:
    """A build, as files.

    `pairs` and `ties` are tables of DESIGN 4; `answers`, `references` and `votes` (rows of
    schemas.exported) are there where the format reads them; `rubric` has their metrics, and
    `left_out` counts prompts without a reference and votes on answers that left the build. `splits`
    are written in their order; a shard is closed before it would pass `shard_bytes`. `version` and
    `build_id` go into the export's own record. Where the judge is `judge_unproven`, pairs that
    judges alone decided are refused (DESIGN 5.9).
    """

    pairs: Path
    ties: Path
    media: StoredFiles
    splits: Sequence[str]
    shard_bytes: int
    version: str
    build_id: str
    judge_unproven: bool = False
    answers: Path | None = None
    references: Path | None = None
    votes: Path | None = None
    left_out: Mapping[ExportTable, int] = field(default_factory=dict)
    rubric: Sequence[Metric] = ()
    choices: Choices = Choices()


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the caller may add; nothing in it changes the bytes that are written."""

    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written: `files` are names below `path`, `splits` and `refused` count rows.

    `verified` is True where every reader of the format took the files, False where one refused
    them, None where they were not all asked; `verdicts` have their words. `warnings` say what was
    written with another meaning, and which splits are left without a row.
    """

    path: Path
    rows: int
    files: tuple[str, ...]
    splits: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    verified: bool | None = None
    warnings: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A trainer's format: `write` puts a build's rows into a folder, from the tables it `reads`."""

    name: str
    about: str
    write: Callable[[ExportInput, Path, ExportOptions], ExportResult]
    reads: tuple[ExportTable, ...] = ("pairs",)
