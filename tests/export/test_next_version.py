"""The next version of a set: how much of it a store that knows the last one has to be sent.

The Hub's store cuts files where their content says so and keeps each piece once. The cutter here is
a gear hash as that store has, with pieces of 4 kB on average, since the set is small.
"""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from schemas.pair import PreferencePair
from tests.support.pairs import build, pair, stored, written

COUNT = 260
PICTURE = 12_000
LEAST, MOST, MASK = 1 << 10, 1 << 14, (1 << 12) - 1
GEAR = [random.Random(n).getrandbits(64) for n in range(256)]


def pieces(data: bytes) -> Iterator[bytes]:
    start, seen = 0, 0
    for end, byte in enumerate(data, start=1):
        seen = ((seen << 1) + GEAR[byte]) & 0xFFFFFFFFFFFFFFFF
        if end - start >= MOST or (end - start >= LEAST and not (seen >> 40) & MASK):
            yield data[start:end]
            start, seen = end, 0
    yield data[start:]


def rows(store: Path) -> list[PreferencePair]:
    noise = random.Random(0)
    found = []
    for number in range(COUNT):
        medium = stored(store, b"\xff\xd8\xff" + noise.randbytes(PICTURE), "jpg")
        found.append(pair(media=[medium], chosen=f"answer {number}"))
    return found


def test_a_row_more_in_the_middle_sends_little_anew(tmp_path: Path) -> None:
    every = rows(tmp_path / "media")
    told = []
    for name, some in (("old", every[:100] + every[101:]), ("new", every)):
        written("trl", build(tmp_path, some), tmp_path / name)
        data = (tmp_path / name / "train-00000-of-00001.parquet").read_bytes()
        told.append({hashlib.sha256(piece).digest(): len(piece) for piece in pieces(data)})
    old, new = told
    sent = sum(size for digest, size in new.items() if digest not in old)
    assert PICTURE < sent < 0.1 * sum(new.values())
