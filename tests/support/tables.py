"""Parquet files whose own account of themselves is wrong."""

import struct


def promising(data: bytes, rows: int, instead: int) -> bytes:
    """A Parquet file of so many rows whose footer says another number of them, up to 63.

    The footer is Thrift: the first integer of 64 bits in it, behind the schema, is that number.
    """
    (size,) = struct.unpack("<I", data[-8:-4])
    start = len(data) - 8 - size
    footer = data[start:-8]
    field = bytes([0x16, 2 * rows, 0x19])  # such an integer, zigzag, and a list behind it
    assert field in footer
    changed = footer.replace(field, bytes([0x16, 2 * instead, 0x19]), 1)
    return data[:start] + changed + data[-8:]
