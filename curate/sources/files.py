"""Local files as a source: one file, or every data file below a folder in sorted order."""

import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from curate.sources.base import SourceInput
from curate.sources.location import SUFFIXES, container_of
from curate.sources.record import Row, SourceDrop
from export.folder import is_record
from schemas.errors import SourceError

READERS: Mapping[str, str] = {
    "jsonl": "curate.sources.containers_jsonl",
    "json": "curate.sources.containers_json",
    "csv": "curate.sources.containers_csv",
    "parquet": "curate.sources.containers_parquet",
}
"""Container -> the module whose `read(path, file)` gives its rows."""

SAVED_MARKS = ("dataset_dict.json", "state.json")
DESCRIPTIONS = {"dataset_info.json", "dataset_infos.json", *SAVED_MARKS}
HEAD_PATIENCE = 10
SHOWN = 5


@dataclass(frozen=True, slots=True)
class FileSource:
    """Files below `folder`, read row by row; media paths are relative to `root`."""

    root: Path
    folder: Path
    containers: Mapping[str, str]

    @property
    def files(self) -> Sequence[str]:
        """The files' paths below the folder, sorted."""
        return tuple(self.containers)

    def rows(self, file: str) -> Iterator[Row | SourceDrop]:
        """Rows of one file in order. Raises SourceError where the file itself is broken."""
        path = self.folder / file
        try:
            yield from import_module(READERS[self.containers[file]]).read(path, file)
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(f"{path} cannot be read: {error}", "restore the file") from error

    def head(self, file: str, count: int = 20) -> Sequence[Mapping[str, Any]]:
        """The values of up to `count` readable first rows."""
        return head_of(self.rows(file), count)


def head_of(rows: Iterator[Row | SourceDrop], count: int) -> list[Mapping[str, Any]]:
    """The values of up to `count` readable rows among the first ten times as many."""
    tried = islice(rows, count * HEAD_PATIENCE)
    return list(islice((row.values for row in tried if isinstance(row, Row)), count))


def open_path(path: Path, container: str | None, media_root: Path | None) -> SourceInput:
    """A file, a folder of files or a `save_to_disk` folder, opened.

    `container` forces how files are read, whatever their names say; `hf` is for a folder that
    `datasets` saved or wrote as Parquet.
    """
    forced = None if container == "hf" else container
    if not path.exists():
        raise SourceError(f"{path}: no such file or folder", "check the path")
    if path.is_dir():
        return _open_folder(path, forced, media_root)
    if not path.is_file():
        raise SourceError(f"{path} is no regular file", "copy its content into a file")
    found = forced or container_of(path.name)
    if found is None:
        raise SourceError(
            f"{path}: the name does not tell what is in it",
            f"end it in {', '.join(SUFFIXES)}, or say --format jsonl, json, csv or parquet",
        )
    return FileSource(media_root or path.parent, path.parent, {path.name: found})


def of_split(source: SourceInput, split: str) -> SourceInput:
    """The folder's files of one split, by their names: `test.jsonl`, `test-00000.parquet`, `test/`.

    Raises SourceError where there is none.
    """
    files = source.files if isinstance(source, FileSource) else ()
    named = [file for file in files if any(_is_of(part, split) for part in file.split("/"))]
    if not named or not isinstance(source, FileSource):
        known = ", ".join(files[:SHOWN]) or "none"
        raise SourceError(
            f"{source.root}: no file of split {split!r} (files: {known})",
            f"name one whose file is called {split}-*.parquet, {split}.jsonl or {split}/*",
        )
    return replace(source, containers={file: source.containers[file] for file in named})


def _is_of(part: str, split: str) -> bool:
    return part == split or part.startswith((f"{split}-", f"{split}."))


def _open_folder(path: Path, forced: str | None, media_root: Path | None) -> SourceInput:
    if any((path / mark).is_file() for mark in SAVED_MARKS):
        from curate.sources.hf import open_saved

        return open_saved(path, media_root)
    containers = {
        file: found
        for file in _files_below(path)
        if (found := container_of(file)) is not None and forced in (None, found)
    }
    if not containers:
        wanted = f"{forced} file" if forced else f"file ending in {', '.join(SUFFIXES)}"
        raise SourceError(f"{path}: no {wanted} below this folder", "name the data's folder")
    return FileSource(media_root or path, path, containers)


def _files_below(root: Path) -> list[str]:
    """Paths of visible files, sorted; linked folders are not entered."""
    found: list[str] = []
    for folder, folders, names in os.walk(root, onerror=_stop):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        below = Path(folder).relative_to(root)
        found += [(below / name).as_posix() for name in names if _is_data(name)]
    for file in sorted(found):
        _check_inside(root, file)
    return sorted(file for file in found if not is_record(root / file))


def _is_data(name: str) -> bool:
    hidden = name.startswith((".", "_"))
    return not hidden and name not in DESCRIPTIONS and container_of(name) is not None


def _check_inside(root: Path, file: str) -> None:
    path = root / file
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        raise SourceError(f"{path} is a link that leaves {root}", "copy the file in its place")
    if not path.is_file():
        raise SourceError(f"{path} is no regular file", "take it out of the folder")


def _stop(error: OSError) -> None:
    raise SourceError(f"{error.filename} cannot be listed: {error.strerror}", "check its rights")


def kind_of(source: SourceInput) -> str:
    """The container of the source's first file, as `--format` names it."""
    return source.containers[source.files[0]] if isinstance(source, FileSource) else "hf"
