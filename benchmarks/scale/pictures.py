"""Small pictures drawn by seed, as JPEG files: each its own, but for shares that are not.

Smooth random colour with two shapes, so that no two look alike by chance, as photographs do not.
"""

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw

SIDE = (112, 84)
GRID = (6, 8, 3)
QUALITY = 80
SHARED, COPIED, TEXT_ONLY = 0.04, 0.03, 0.02
"""Shares of prompts: the picture before once more, a near copy of it, and no picture at all."""


def drawn(rng: np.random.Generator, count: int) -> list[bytes | None]:
    """The pictures of so many prompts, null where a prompt has none."""
    grids = rng.integers(0, 256, (count, *GRID), dtype=np.uint8)
    places = rng.integers(0, SIDE[1], (count, 2, 4))
    kinds = rng.random(count)
    made: list[bytes | None] = []
    last: Image.Image | None = None
    for grid, corners, kind in zip(grids, places, kinds, strict=True):
        if kind < TEXT_ONLY:
            made.append(None)
        elif last is not None and kind < TEXT_ONLY + SHARED:
            made.append(_jpeg(last, QUALITY))
        elif last is not None and kind < TEXT_ONLY + SHARED + COPIED:
            made.append(_jpeg(last.resize((SIDE[0] // 2, SIDE[1] // 2)), QUALITY - 20))
        else:
            last = _picture(grid, corners)
            made.append(_jpeg(last, QUALITY))
    return made


def _picture(
    grid: "np.typing.NDArray[np.uint8]", corners: "np.typing.NDArray[np.int64]"
) -> Image.Image:
    picture = Image.fromarray(grid).resize(SIDE, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for left, top, width, height in corners.tolist():
        colour = (left * 3 % 256, top * 3 % 256, width * 3 % 256)
        draw.rectangle((left, top, left + width // 3 + 3, top + height // 3 + 3), fill=colour)
    return picture


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()
