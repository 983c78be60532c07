"""Inputs made a little different, the same ones each time: what the default suite tries."""

from collections.abc import Iterator, Sequence
from random import Random

SPLICE = 64
ODD = (b"\0", b"\xff", b"\x7f", b"\x80", b'"', b"\\", b"{", b"]", b"\n", b"\xed\xa0\x80", b"9" * 20)
"""Pieces on which parsers trip: ends of texts, brackets, half characters, long numbers."""


def mutations(inputs: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """So many changed inputs, drawn by the seed."""
    chance = Random(seed)
    for _ in range(count if inputs else 0):
        data = bytearray(chance.choice(inputs))
        for _ in range(chance.randint(1, 4)):
            _change(data, inputs, chance)
        yield bytes(data)


def _change(data: bytearray, inputs: Sequence[bytes], chance: Random) -> None:
    """One change: a byte, a piece gone, twice, from elsewhere or odd, or the end cut off."""
    at = chance.randint(0, len(data))
    size = chance.randint(1, 8)
    kind = chance.randrange(6)
    if kind == 0 and at < len(data):
        data[at] = chance.randrange(256)
    elif kind == 1:
        del data[at : at + size]
    elif kind == 2:
        data[at:at] = data[at : at + SPLICE]
    elif kind == 3:
        other = chance.choice(inputs)
        start = chance.randint(0, len(other))
        data[at:at] = other[start : start + SPLICE]
    elif kind == 4:
        data[at:at] = chance.choice(ODD)
    else:
        del data[at:]
