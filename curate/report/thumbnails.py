"""Small copies of pictures for the report, as data URIs, so that the page stands alone."""

import base64
import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 320


def thumbnail(store: Path, medium: Mapping[str, Any]) -> str | None:
    """A JPEG of at most 320 pixels a side as a data URI; None where there is no picture to show.

    For frames it is the first frame.
    """
    name = medium["file"] or next(iter(medium["frames"] or ()), None)
    if name is None or medium["kind"] == "video":
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _data_uri(store / name[:2] / name)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError):
        return None


def _data_uri(path: Path) -> str:
    with Image.open(path) as image:
        image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
        small = ImageOps.exif_transpose(image)
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        target = io.BytesIO()
        _on_white(small).save(target, "JPEG", quality=82)
    return "data:image/jpeg;base64," + base64.b64encode(target.getvalue()).decode("ascii")


def _on_white(image: Image.Image) -> Image.Image:
    """The picture without transparency, as a page shows it."""
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
