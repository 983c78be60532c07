"""A folder of pictures as the frames of a video, in their order."""

import re
from pathlib import Path

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")
DIGITS = re.compile(r"([0-9]+)")


def frame_names(folder: Path) -> list[str]:
    """Names of the pictures in a folder, in natural order: frame2 comes before frame10."""
    names = [path.name for path in folder.iterdir() if path.suffix.lower() in SUFFIXES]
    return sorted((name for name in names if not name.startswith(".")), key=natural_order)


def natural_order(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """A sort key by which runs of digits count as numbers; the name itself settles equals."""
    parts = [part for part in DIGITS.split(name.lower()) if part]
    return [(0, int(part), "") if DIGITS.fullmatch(part) else (1, 0, part) for part in parts], name
