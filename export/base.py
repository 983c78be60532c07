"""The contract of an export format: what it gets, what it gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Progress = Callable[[int], None]
"""Told, after every batch, how many more pairs were written or refused."""


@dataclass(frozen=True, slots=True)
class ExportInput:
    """A build, as files.

    `pairs` and `ties` are tables of DESIGN 4; `media` is the store's folder, where a medium lies
    at <first two hex digits>/<file>. `splits` are written in their order; a shard is closed before
    it would pass `shard_bytes`. `version` and `build_id` go into the export's own record. Where the
    judge is `judge_unproven`, pairs that judges alone decided are refused (DESIGN 5.9).
    """

    pairs: Path
    ties: Path
    media: Path
    splits: Sequence[str]
    shard_bytes: int
    version: str
    build_id: str
    judge_unproven: bool = False


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the caller may add; nothing in it changes the bytes that are written."""

    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written: `files` are names below `path`, `splits` and `refused` count pairs.

    `verified` stays None until the files were loaded with the trainer's own reader. `warnings` say
    what was written with another meaning.
    """

    path: Path
    rows: int
    files: tuple[str, ...]
    splits: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    verified: bool | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A trainer's format: `write` puts a build's pairs into a folder."""

    name: str
    about: str
    write: Callable[[ExportInput, Path, ExportOptions], ExportResult]
