"""The report's files, changed over as one: the page, and the folder beside it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAGE = "report.html"
PAIRS = "report-pairs"
STAGING = ".report-"


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A folder for the new report; where the block ends well it takes the old one's place.

    The page comes last: until then the old one is there, and a killed run leaves it whole.
    """
    for stale in folder.glob(f"{STAGING}*"):
        shutil.rmtree(stale)
    staging = folder / f"{STAGING}{os.getpid()}"
    staging.mkdir()
    try:
        yield staging
        if (folder / PAIRS).exists():
            (folder / PAIRS).rename(staging / "old")
        if (staging / PAIRS).exists():
            (staging / PAIRS).rename(folder / PAIRS)
        (staging / PAGE).replace(folder / PAGE)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
