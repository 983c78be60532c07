"""PNG files written with Python's own zlib.

Pillow brings a zlib of its own, which is another one on another platform and then packs the same
pixels into other bytes. The sample has to come out the same wherever it is drawn.
"""

import struct
import zlib

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, PALETTE = 0, 3
COLOURS = 160


def png_of(image: Image.Image) -> bytes:
    """The picture as a PNG with a palette, which is plenty for flat colours."""
    flat = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    pixels = flat.tobytes()
    rows = b"".join(
        b"\0" + pixels[start : start + flat.width] for start in range(0, len(pixels), flat.width)
    )
    palette = bytes(flat.getpalette() or ())
    return _file(flat.size, 8, PALETTE, _chunk(b"PLTE", palette), rows)


def blank_png(side: int) -> bytes:
    """A black square of one bit a pixel: a very large picture in a very small file."""
    row = bytes(1 + (side + 7) // 8)
    return _file((side, side), 1, GREY, b"", row * side)


def _file(size: tuple[int, int], depth: int, kind: int, palette: bytes, rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, 0)
    return b"".join(
        (
            SIGNATURE,
            _chunk(b"IHDR", header),
            palette,
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
