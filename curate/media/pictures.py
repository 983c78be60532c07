"""Picture bytes checked by decoding them: PNG, JPEG, WebP, GIF, BMP and TIFF, and nothing else.

The format is told by the first bytes, never by a name. The header's pixel count is checked before
anything is decoded, and only the first frame of an animation is.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from curate.media.decoding import DECODING_ERRORS, decoding_faults
from curate.media.rules import Limits, MediumFaultError

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

SIGNATURES: Sequence[tuple[bytes, str]] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
)
READERS: Mapping[str, tuple[str, str]] = {
    "png": ("PIL.PngImagePlugin", "PngImageFile"),
    "jpg": ("PIL.JpegImagePlugin", "JpegImageFile"),
    "webp": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "gif": ("PIL.GifImagePlugin", "GifImageFile"),
    "bmp": ("PIL.BmpImagePlugin", "BmpImageFile"),
    "tif": ("PIL.TiffImagePlugin", "TiffImageFile"),
}
ORIENTATION = 0x0112
TURNED = range(5, 9)
BIG = 16_000_000

_one_big_picture = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A readable picture: its format as a file extension, its size in pixels as it is shown."""

    extension: str
    width: int
    height: int


def check_picture(data: bytes, limits: Limits, *, decode: bool = True) -> Picture:
    """What a picture is, after decoding all of its first frame. Raises MediumFaultError.

    Without `decode` only the header is read: for bytes that were decoded before.
    """
    limits.check_picture_bytes(len(data))
    extension = picture_format(data)
    if extension is None:
        raise MediumFaultError(
            "unreadable_media", f"no PNG, JPEG, WebP, GIF, BMP or TIFF: {_looks_like(data)}"
        )
    image = _opened(data, extension)
    limits.check_size(*image.size, _frames(image, extension))
    width, height = image.size
    picture = Picture(extension, *_shown_size(image, width, height))
    if decode:
        _decode(image, width * height)
    return picture


def picture_format(data: bytes) -> str | None:
    """The format that the first bytes tell, as a file extension."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for start, kind in SIGNATURES if data.startswith(start)), None)


def opened(data: bytes) -> "ImageFile":
    """A picture whose bytes were checked before, with its header read. Raises MediumFaultError."""
    extension = picture_format(data)
    if extension is None:
        raise MediumFaultError("unreadable_media", f"no picture: {_looks_like(data)}")
    return _opened(data, extension)


def _opened(data: bytes, extension: str) -> "ImageFile":
    """The picture with its header read.

    Pillow's own `Image.open` would also check pixels, by a limit that is global to the process.
    """
    module, name = READERS[extension]
    with decoding_faults():
        image: ImageFile = getattr(import_module(module), name)(BytesIO(data))
    return image


def _frames(image: "ImageFile", extension: str) -> int:
    if extension not in ("gif", "webp", "png"):
        return 1
    with decoding_faults():
        return int(getattr(image, "n_frames", 1))


def _shown_size(image: "ImageFile", width: int, height: int) -> tuple[int, int]:
    """Width and height after EXIF rotation; a broken EXIF block rotates nothing, as in viewers.

    A PNG's own `getexif` decodes all of it to look behind the pixels; only its header counts here.
    """
    from PIL.Image import Image

    if image.format == "TIFF":
        return width, height  # its reader has turned the size already
    try:
        turned = Image.getexif(image).get(ORIENTATION) in TURNED
    except DECODING_ERRORS:
        turned = False
    return (height, width) if turned else (width, height)


def _decode(image: "ImageFile", pixels: int) -> None:
    """Decode all of the first frame.

    A JPEG is decoded at an eighth of its size: every coded block is still read, at a third of the
    time. Large pictures go one at a time, so that threads do not add up their memory.
    """
    with decoding_faults(), image, _one_big_picture if pixels > BIG else nullcontext():
        if image.format == "JPEG":
            image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))
        image.load()


def _looks_like(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml")) or b"<svg" in head:
        return "it looks like SVG or XML"
    if head.startswith((b"<!doctype", b"<html", b"<head")):
        return "it looks like HTML"
    if head.startswith(b"pk\x03\x04"):
        return "it looks like a zip archive"
    return f"it starts with {data[:8]!r}"
