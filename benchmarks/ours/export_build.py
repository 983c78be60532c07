"""Our export of a build with pictures: BUILD OUT FORMAT."""

import shutil
import sys
from pathlib import Path

from curate.media.stored import StoredMedia
from export.base import ExportInput, ExportOptions
from export.registry import get_format


def main(build: Path, out: Path, name: str) -> None:
    """Write one format into an empty folder."""
    shutil.rmtree(out, ignore_errors=True)
    given = ExportInput(
        pairs=build / "pairs.parquet",
        ties=build / "ties.parquet",
        media=StoredMedia(build / "media"),
        splits=["train"],
        shard_bytes=500_000_000,
        version="bench",
        build_id="bench",
    )
    get_format(name).write(given, out, ExportOptions())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
