"""Pictures as 64 x 64 squares of grey, decoded no larger than that needs.

Transparent pictures lie on white, as pages show them; EXIF rotation is undone; of an animation the
first frame is taken.
"""

from typing import TYPE_CHECKING, Any

from curate.media.decoding import DECODING_ERRORS, decoding_faults
from curate.media.pictures import ORIENTATION, opened

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

    Array = np.ndarray[Any, np.dtype[Any]]

SIDE = 64
DRAFT = 2 * SIDE
DEEP = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
"""Pillow's modes of more than 8 bits a pixel, whose range is the picture's own."""


def thumbnail(data: bytes) -> tuple["Array", int, int]:
    """The square (uint8) and the picture's width and height as shown. Raises MediumFaultError."""
    import numpy as np

    image = opened(data)
    with decoding_faults(), image:
        turn = _orientation(image)
        width, height = image.size
        if image.format == "JPEG":
            image.draft("L", (DRAFT, DRAFT))
        grey = _grey(image).resize((SIDE, SIDE), _box())
        square = _turned(np.asarray(grey, np.uint8), turn)
    return (square, height, width) if turn >= 5 else (square, width, height)


def _box() -> Any:
    from PIL.Image import Resampling

    return Resampling.BOX


def _grey(image: "Image") -> "Image":
    """The picture in grey, on white where it is transparent."""
    if image.mode in DEEP:
        return _stretched(image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        from PIL.Image import alpha_composite, new

        upper = image.convert("RGBA")
        return alpha_composite(new("RGBA", upper.size, "white"), upper).convert("L")
    return image.convert("L")


def _stretched(image: "Image") -> "Image":
    """Deep pictures from their darkest to their brightest pixel."""
    import numpy as np
    from PIL.Image import fromarray

    values = np.nan_to_num(np.asarray(image, np.float64))
    low, high = float(values.min()), float(values.max())
    scaled = (values - low) * (255 / (high - low)) if high > low else values * 0
    return fromarray(scaled.astype(np.uint8))


def _orientation(image: "Image") -> int:
    from PIL.Image import Image

    if image.format == "TIFF":
        return 1  # its reader has turned the picture already
    try:
        found = Image.getexif(image).get(ORIENTATION)
    except DECODING_ERRORS:
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _turned(square: "Array", orientation: int) -> "Array":
    """The square as EXIF's orientation says it is shown (EXIF 2.32, 4.6.4)."""
    shown = square.T if orientation >= 5 else square
    if orientation in (2, 3, 7, 8):
        shown = shown[:, ::-1] if orientation in (2, 3) else shown[::-1, :]
    if orientation in (3, 4, 6, 7):
        shown = shown[::-1, :] if orientation in (3, 4) else shown[:, ::-1]
    return shown
