"""Names of a store's files, and the names as keys of 37 bytes, which sort and take little room."""

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

DIGITS, EXTENSION = 64, 5
STORED = re.compile(rf"[0-9a-f]{{{DIGITS}}}\.[a-z0-9]{{1,{EXTENSION}}}")
"""A file of a store by its name: the sha256 of its bytes and what kind they are."""


def key_of(file: str) -> bytes | None:
    """The digest's 32 bytes and the extension; None for what is no name of a store."""
    if not STORED.fullmatch(file):
        return None
    return bytes.fromhex(file[:DIGITS]) + file[DIGITS + 1 :].encode("ascii")


def keys_of(names: pa.Array) -> Any:
    """The keys of names. Shape: (names,). Raises ValueError where one is no name of a store."""
    if names.null_count or not pc.all(pc.match_substring_regex(names, f"^{STORED.pattern}$")):
        raise ValueError("a name in it is none of a media store")
    wide = DIGITS + 1 + EXTENSION
    padded = pc.ascii_rpad(names.cast(pa.string()), wide, "\0")
    data = padded.buffers()[2]
    first, count = padded.offset * wide, len(padded)
    signs = np.frombuffer(data, np.uint8, count * wide, first).reshape(count, wide)
    nibbles = (signs[:, :DIGITS] & 15) + (signs[:, :DIGITS] >> 6) * 9
    keys = np.hstack([(nibbles[:, ::2] << 4) | nibbles[:, 1::2], signs[:, DIGITS + 1 :]])
    return np.ascontiguousarray(keys).view(f"S{keys.shape[1]}").reshape(count)
