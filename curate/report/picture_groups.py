"""Pictures that look alike: the groups of versions that a build keeps in one split."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from curate.engines.duckdb import DuckDBEngine
from curate.media.decoding import quiet_decoding
from curate.near.media import look_at_media
from curate.near.pictures import link_pictures
from curate.report.thumbnails import Thumbnails
from curate.workspace import Workspace

MOST_GROUPS = 12
MOST_SHOWN = 6
SIDE = 128
LOOKS = "select picture_no, hashes, grids, width, height from look_numbers"


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that look alike, the first few as data URIs, and the prompts that show any."""

    pictures: Sequence[str]
    count: int
    prompts: int


@dataclass(frozen=True, slots=True)
class PictureGroups:
    """The largest groups; `count` and `pictures` are over all groups of two versions or more."""

    groups: Sequence[Group]
    count: int
    pictures: int


def picture_groups(
    workspace: Workspace,
    engine: DuckDBEngine,
    radius: int,
    tell: Callable[[str], None] = lambda _what: None,
) -> PictureGroups:
    """Groups by looks within `radius` bits. Only files that were never looked at are read."""
    look_at_media(workspace, engine, lambda seen: tell(f"{seen:,} pictures looked at"))
    engine.run("media/look_numbers")
    link_pictures(engine, LOOKS, radius)
    small = Thumbnails.of(workspace, SIDE)
    found = engine.rows("report/picture_groups")
    return PictureGroups(
        groups=[
            Group(_small(small, files), len(files), prompts)
            for _, files, prompts in found[:MOST_GROUPS]
        ],
        count=len(found),
        pictures=sum(len(files) for _, files, _ in found),
    )


def _small(small: Thumbnails, files: Sequence[str]) -> list[str]:
    media = ({"file": file, "frames": (), "kind": "image"} for file in files[:MOST_SHOWN])
    with quiet_decoding():
        return [uri for medium in media if (uri := small.uri(medium))]
