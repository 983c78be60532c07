"""Small pictures for tests, drawn where they are needed."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image


def picture_bytes(
    kind: str = "PNG",
    mode: str = "RGB",
    size: tuple[int, int] = (8, 6),
    colour: int = 0,
    **save: Any,
) -> bytes:
    """A picture of one colour per row, so that its bytes differ by `colour`."""
    image = Image.new("L", size)
    image.putdata([(colour + 7 * (index // size[0])) % 256 for index in range(size[0] * size[1])])
    buffer = BytesIO()
    image.convert(mode).save(buffer, kind, **save)
    return buffer.getvalue()


def write_picture(path: Path, **options: Any) -> Path:
    """A picture file; its folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture_bytes(**options))
    return path


def png_of(width: int, height: int, packed: bytes) -> bytes:
    """A PNG whose header says `width` x `height` grey pixels, whatever its data holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", packed)
        + _chunk(b"IEND", b"")
    )


def bomb() -> bytes:
    """A PNG of a few hundred kilobytes that unpacks to 40,000 x 40,000 pixels."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(40_001)) for _ in range(2_000)) + packer.flush()
    return png_of(40_000, 40_000, packed)


def png_with_chunk(name: bytes, body: bytes) -> bytes:
    """A good PNG with one more chunk after its header."""
    data = picture_bytes()
    end_of_header = 8 + 25
    return data[:end_of_header] + _chunk(name, body) + data[end_of_header:]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
