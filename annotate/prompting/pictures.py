"""Pictures as a judge is sent them: no larger than asked for, upright, in a format servers take.

What can be sent as it is stays as it is, byte for byte. The rest is decoded and encoded once, and
without its metadata.
"""

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

READ = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
SENT_AS_THEY_ARE = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with further pictures behind it, as telephones write them
    "WEBP": "image/webp",
}
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
WITH_LOSS = ("JPEG", "MPO", "WEBP")
JPEG_QUALITY = 90
FEW_COLOURS = 256
SMALL = 256 * 256
ORIENTATION = 0x0112
UPRIGHT = 1

DECODING_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
    Warning,
)
"""What Pillow's readers raise on hostile bytes; a Warning where the caller made them errors."""


class UnreadablePictureError(Exception):
    """These bytes are no picture that can be sent."""


def scaled(data: bytes, max_side: int) -> tuple[bytes, str]:
    """The picture with no side longer than `max_side` pixels, and its MIME type.

    PNG, JPEG and WebP that are small enough, upright and not animated are given back unchanged; so
    is HEIC, which Pillow does not read. Everything else is encoded anew, of an animation the first
    frame: as PNG where there is transparency, or where a picture without loss is small or has few
    colours, such as a chart; else as JPEG. The same bytes come out each time, for one version of
    Pillow. Raises UnreadablePictureError.
    """
    if _is_heic(data):
        return data, "image/heic"
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=READ) as image:
            if _can_be_sent(image, max_side):
                return data, SENT_AS_THEY_ARE[str(image.format)]
            return _encoded_anew(image, max_side)
    except (*DECODING_ERRORS, Image.DecompressionBombError) as error:
        detail = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadablePictureError(f"the picture does not decode: {detail}") from error


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS


def _can_be_sent(image: "Image", max_side: int) -> bool:
    return (
        image.format in SENT_AS_THEY_ARE
        and image.mode != "CMYK"
        and max(image.size) <= max_side
        and (image.format == "MPO" or getattr(image, "n_frames", 1) == 1)
        and _orientation(image) == UPRIGHT
    )


def _orientation(image: "Image") -> int:
    """How EXIF says to turn the picture; a broken EXIF block turns nothing, as in viewers.

    A PNG's own `getexif` decodes all of it to look behind the pixels; only its header counts here.
    """
    from PIL.Image import Image as AnyImage

    if image.format == "TIFF":
        return UPRIGHT  # its reader turns it
    try:
        return int(AnyImage.getexif(image).get(ORIENTATION, UPRIGHT))
    except DECODING_ERRORS:
        return UPRIGHT


def _encoded_anew(image: "Image", max_side: int) -> tuple[bytes, str]:
    from PIL.Image import Resampling

    lossless = image.format not in WITH_LOSS
    orientation = _orientation(image)
    image.draft(None, (max_side, max_side))  # a JPEG is decoded near its size, other formats whole
    plain = _eight_bits(image)
    few_colours = lossless and plain.getcolors(FEW_COLOURS) is not None
    plain.thumbnail((max_side, max_side), Resampling.LANCZOS)
    plain = _upright(plain, orientation)
    small = lossless and plain.width * plain.height <= SMALL
    return _saved(plain, as_png=plain.mode == "RGBA" or few_colours or small)


def _eight_bits(image: "Image") -> "Image":
    """The picture in one of three modes: L, RGB, or RGBA where something shows through it."""
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        lowest, _ = clear.getchannel("A").getextrema()
        return clear if lowest != 255 else clear.convert("RGB")
    if image.mode.startswith("I;16"):
        # Pillow clips 16 bits at 255 instead of scaling them.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("L" if image.mode in ("1", "L", "I", "F") else "RGB")


def _upright(image: "Image", orientation: int) -> "Image":
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _saved(image: "Image", *, as_png: bool) -> tuple[bytes, str]:
    image.info = {}  # else a PNG takes over the source's colour profile and texts
    buffer = BytesIO()
    if as_png:
        image.save(buffer, "PNG")
        return buffer.getvalue(), "image/png"
    image.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue(), "image/jpeg"
