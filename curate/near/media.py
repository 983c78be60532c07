"""Media that show the same: pictures that look alike, and videos that share half their frames."""

from collections.abc import Callable

from curate.components import components
from curate.engines.base import Engine
from curate.media.store import MediaStore
from curate.near.looks import LOOKS, looks_of
from curate.near.pictures import link_pictures
from curate.workspace import Workspace

CACHE = ".cache"
PICTURES = """
select picture_no, hashes, grids, width, height from look_numbers
union all
select picture_no, hashes, grids, width, height from benchmark_looks
"""


def look_at_media(workspace: Workspace, engine: Engine, advance: Callable[[int], None]) -> None:
    """Leave `looks` (curate.near.looks.LOOKS) of every file that prompts show.

    Reads `raw_prompts`. Only files that were never looked at are; `advance` is told how many yet.
    """
    engine.run("media/medium_files")
    files = [file for (file,) in engine.rows("media/looked_files")]
    if not files:
        engine.read("looks", [], LOOKS)
        return
    parts = looks_of(MediaStore(workspace.media), workspace.root / CACHE, files, advance)
    engine.read("looks", parts, LOOKS)


def cluster_media(engine: Engine, radius: int) -> None:
    """Leave `clusters` (prompt_no, cluster): what each prompt shows, all versions of it as one.

    Reads `prompt_media`, `medium_files`, `looks`, and `benchmark_looks`, whose pictures have
    numbers below zero. `radius` is in bits of the DCT hash.
    """
    engine.run("media/look_numbers")
    link_pictures(engine, PICTURES, radius)
    for name in ("medium_looks", "medium_numbers", "medium_edges"):
        engine.run(f"media/{name}")
    components(engine, "medium_edges", "medium_labels")
    engine.run("media/clusters")
    engine.drop("medium_looks", "medium_numbers", "medium_labels")
