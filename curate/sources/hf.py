"""Data sets through `datasets`: a `save_to_disk` folder, or the Hub read as a stream.

Rows come as Arrow, so pictures stay the bytes they are and nothing is decoded. They are one virtual
file, `data`, numbered from 1.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import datasets
import fsspec  # type: ignore[import-untyped] # ships no types
import pyarrow as pa
from datasets.exceptions import DatasetsError
from huggingface_hub import DatasetInfo, HfApi
from huggingface_hub.errors import (  # type: ignore[attr-defined] # HTTPError: its httpx's
    HTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from curate.sources.base import SourceInput
from curate.sources.containers import MAX_BYTES
from curate.sources.containers_parquet import arrow_row, batch_rows
from curate.sources.files import head_of
from curate.sources.location import HubSet
from curate.sources.record import Row, SourceDrop
from schemas.errors import SourceError

DATA = "data"
BATCH_ROWS = 64
NOWHERE = Path(os.devnull)
"""The root of a stream: there are no files beside it, and nothing can lie below this."""

NOT_THERE = (RepositoryNotFoundError, RevisionNotFoundError)
BROKEN = (DatasetsError, HTTPError, OSError, ValueError, LookupError, TypeError, pa.ArrowException)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DatasetSource:
    """One split of a data set, read batch by batch; `fetched` completes a row's media.

    `stream` is a `Dataset` or an `IterableDataset`.
    """

    root: Path
    place: str
    stream: Any
    fetched: Callable[[Values], Values]
    files: Sequence[str] = (DATA,)

    def rows(self, file: str) -> Iterator[Row | SourceDrop]:
        """Rows in order. Raises SourceError where the data set breaks off."""
        number = 0
        try:
            for table in self.stream.with_format("arrow").iter(batch_size=BATCH_ROWS):
                for batch in table.combine_chunks().to_batches():
                    for values in batch_rows(batch):
                        number += 1
                        found = values if isinstance(values, tuple) else self.fetched(values)
                        yield arrow_row(found, number, file)
        except BROKEN as error:
            raise broken(f"{self.place}, after row {number}", error) from error

    def head(self, file: str, count: int = 20) -> Sequence[Mapping[str, Any]]:
        """The values of up to `count` readable first rows."""
        return head_of(self.rows(file), count)


def open_saved(path: Path, media_root: Path | None) -> SourceInput:
    """A folder that `save_to_disk` wrote, of one split or of several with one in use."""
    try:
        found = datasets.load_from_disk(str(path))
    except BROKEN as error:
        raise broken(f"{path}", error) from error
    if isinstance(found, datasets.Dataset):
        return DatasetSource(media_root or path, str(path), found, _as_is)
    name = _one_split(list(found), None, str(path), f"pull its folder, as in {path}/SPLIT")
    return DatasetSource(media_root or path / name, str(path), found[name], _as_is)


def open_hub(place: HubSet, media_root: Path | None) -> tuple[SourceInput, str]:
    """One split of a data set on the Hub as a stream, and the commit it is pinned to."""
    name = f"hf:{place.repo}"
    commit = looked_up(place).sha
    try:
        found = datasets.load_dataset(
            place.repo, place.config, revision=commit, streaming=True, split=None
        )
    except BROKEN as error:
        raise broken(name, error) from error
    split = _one_split(list(found), place.split, name, f"write {name}?split=SPLIT")
    # Sets of picture files come as Python values, which the Arrow format would decode.
    stream = found[split].decode(False)
    source = DatasetSource(media_root or NOWHERE, name, stream, _from_repo(place.repo))
    return source, str(commit)


def looked_up(place: HubSet) -> DatasetInfo:
    """What the Hub says of a data set: the commit of its revision, and the files with their sizes.

    Raises SourceError where it has no such data set or cannot be asked.
    """
    name = f"hf:{place.repo}"
    try:
        return HfApi().dataset_info(place.repo, revision=place.revision, files_metadata=True)
    except NOT_THERE as error:
        what = f"revision {place.revision!r}" if place.revision else "that name you may read"
        raise SourceError(
            f"{name}: there is no local path and on the Hub no data set of {what}",
            "check the name, and HF_TOKEN where the data set is private or gated",
        ) from error
    except BROKEN as error:
        raise broken(name, error) from error


def _one_split(splits: Sequence[str], wanted: str | None, place: str, fix: str) -> str:
    if wanted in splits:
        return str(wanted)
    if wanted is None and len(splits) == 1:
        return splits[0]
    problem = "it has several splits" if wanted is None else f"it has no split {wanted!r}"
    raise SourceError(f"{place}: {problem} ({', '.join(splits)})", fix)


def _as_is(values: Values) -> Values:
    return values


def _from_repo(repo: str) -> Callable[[Values], Values]:
    """Reads the media that a row points to inside its own repository, and no others."""
    inside = f"hf://datasets/{repo}@"

    def fetched(value: Any) -> Any:
        if isinstance(value, list):
            return [fetched(one) for one in value]
        if not isinstance(value, dict):
            return value
        path = value.get("path")
        if set(value) == {"bytes", "path"} and value["bytes"] is None and isinstance(path, str):
            return _read(value, path) if path.rpartition("::")[2].startswith(inside) else value
        return {key: fetched(one) for key, one in value.items()}

    return fetched


def _read(value: Values, path: str) -> Values:
    with fsspec.open(path, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    return {"bytes": data, "path": path.rpartition("/")[2]} if len(data) <= MAX_BYTES else value


def broken(place: str, error: BaseException) -> SourceError:
    """The error for a data set that cannot be read, in one line."""
    lines = str(error).splitlines() or [type(error).__name__]
    return SourceError(f"{place} cannot be read: {lines[0]}", "check its name, rights and network")
