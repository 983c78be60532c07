"""The Parquet files that a card stands beside: configs and splits as their names and footers say.

A folder is a config, `data` the default one, and files are `{split}-{i:05d}-of-{n:05d}.parquet`.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from export.card.facts import DEFAULT
from schemas.errors import ExportError

SHARD = re.compile(r"(?P<split>[A-Za-z0-9_]+)-\d{5}-of-\d{5}\.parquet")
DATA = "data"
ORDER = ("train", "validation", "test")
BLOCK = 1 << 20
PICTURE_NAME = "images.list.element.path"
MEDIUM_KIND = "media.list.element.kind"


@dataclass(frozen=True, slots=True)
class File:
    """A shard: `path` is below the staging folder, `memory` its bytes once decompressed.

    `pictures` is whether a row of it has any, `plain` are its rows without any medium, as far as
    it has a column of them.
    """

    path: str
    rows: int
    size: int
    memory: int
    sha256: str
    pictures: bool = False
    plain: int = 0


@dataclass(frozen=True, slots=True)
class Split:
    """All shards of one split."""

    name: str
    files: Sequence[File]

    @property
    def rows(self) -> int:
        """Rows over all shards."""
        return sum(file.rows for file in self.files)


@dataclass(frozen=True, slots=True)
class Config:
    """One folder of shards. `features` are as `datasets` writes them into the schema, by column."""

    name: str
    folder: str
    features: Mapping[str, Any]
    splits: Sequence[Split]

    @property
    def rows(self) -> int:
        """Rows over all splits."""
        return sum(split.rows for split in self.splits)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for split in self.splits for file in split.files)

    @property
    def memory(self) -> int:
        """Bytes of all files once decompressed."""
        return sum(file.memory for split in self.splits for file in split.files)

    def has_media(self) -> bool:
        """Whether a row has pictures; a column of them may be there and empty."""
        return any(file.pictures for split in self.splits for file in split.files)

    def has_videos(self) -> bool:
        """Whether a row has a video file: our layout has their column only then."""
        return "videos" in self.features

    def only_videos(self) -> bool:
        """Whether every row shows video files and nothing else."""
        plain = any(file.plain for split in self.splits for file in split.files)
        return self.has_videos() and not self.has_media() and not plain


def configs_of(staging: Path) -> list[Config]:
    """Every config that lies in `staging`, the default one first.

    Raises ExportError where there is no default one, and for a file that is no Parquet.
    """
    folders = {path.parent for path in staging.glob("*/*.parquet") if SHARD.fullmatch(path.name)}
    found = [_config(staging, folder) for folder in sorted(folders)]
    if not any(config.name == DEFAULT for config in found):
        raise ExportError(
            f"{staging.name}: no {DATA}/*.parquet to write a card for", "export first"
        )
    return sorted(found, key=lambda config: (config.name != DEFAULT, config.name))


def _config(staging: Path, folder: Path) -> Config:
    shards: dict[str, list[File]] = {}
    for path in sorted(folder.glob("*.parquet")):
        if named := SHARD.fullmatch(path.name):
            shards.setdefault(named["split"], []).append(_file(staging, path))
    first = next(path for path in sorted(folder.glob("*.parquet")) if SHARD.fullmatch(path.name))
    return Config(
        name=DEFAULT if folder.name == DATA else folder.name,
        folder=folder.name,
        features=_features(pq.read_schema(first)),
        splits=[Split(name, shards[name]) for name in sorted(shards, key=_place)],
    )


def _file(staging: Path, path: Path) -> File:
    try:
        footer = pq.read_metadata(path)
    except (pa.ArrowException, OSError) as error:
        raise ExportError(f"{path.name}: {error}", "export again") from error
    groups = [footer.row_group(number) for number in range(footer.num_row_groups)]
    return File(
        path=path.relative_to(staging).as_posix(),
        rows=footer.num_rows,
        size=path.stat().st_size,
        memory=sum(group.total_byte_size for group in groups),
        sha256=_sha256(path),
        pictures=any(_has_pictures(group) for group in groups),
        plain=sum(_plain(group) for group in groups),
    )


def _has_pictures(group: pq.RowGroupMetaData) -> bool:
    """Whether a row group has the name of a picture, by the statistics of its column."""
    columns = (group.column(number) for number in range(group.num_columns))
    named = (column for column in columns if column.path_in_schema == PICTURE_NAME)
    return any(column.statistics and column.statistics.has_min_max for column in named)


def _plain(group: pq.RowGroupMetaData) -> int:
    """Rows of a row group whose list of media is empty: their kind counts as null."""
    columns = (group.column(number) for number in range(group.num_columns))
    named = (column for column in columns if column.path_in_schema == MEDIUM_KIND)
    return sum(column.statistics.null_count for column in named if column.statistics)


def _features(schema: pa.Schema) -> Mapping[str, Any]:
    """The features that our writer put there; none where somebody else wrote the file."""
    written = (schema.metadata or {}).get(b"huggingface")
    if written is None:
        return {}
    features: Mapping[str, Any] = json.loads(written)["info"]["features"]
    return features


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _place(split: str) -> tuple[int, str]:
    return (ORDER.index(split) if split in ORDER else len(ORDER), split)
