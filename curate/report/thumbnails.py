"""Small copies of pictures for the report, as data URIs, so that the page stands alone."""

import base64
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from curate.media.decoding import decoding_faults
from curate.media.rules import MediumFaultError


def thumbnail(store: Path, medium: Mapping[str, Any], *, side: int) -> str | None:
    """A JPEG of at most `side` pixels a side as a data URI; None where there is no picture to show.

    For frames it is the first frame. Call it inside `curate.media.decoding.quiet_decoding`.
    """
    name = medium["file"] or next(iter(medium["frames"] or ()), None)
    if name is None or medium["kind"] == "video":
        return None
    try:
        with decoding_faults():
            return _data_uri(store / name[:2] / name, side)
    except MediumFaultError:
        return None


def _data_uri(path: Path, side: int) -> str:
    with Image.open(path) as image:
        image.draft("RGB", (side * 2, side * 2))
        small = ImageOps.exif_transpose(image)
        small.thumbnail((side, side), reducing_gap=2.0)
        target = io.BytesIO()
        _on_white(small).save(target, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(target.getvalue()).decode("ascii")


def _on_white(image: Image.Image) -> Image.Image:
    """The picture without transparency, as a page shows it."""
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")
