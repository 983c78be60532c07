"""Bytes as JSON values and back: every string of bytes is some value, and every value has bytes.

A fuzzer's random bytes are never JSON, so what lies behind a JSON reader is reached by values made
of the bytes instead. A byte says the kind and the next ones the content; where the bytes end, so do
lists, objects and texts. `words` are names that bytes may call by number, so that an object has
keys that the parser under test knows. Words may be added at the end: the numbers of others stay.
"""

import struct
from collections.abc import Callable, Sequence
from typing import Any

DEEPEST = 24
LONGEST_REPEAT = 1 << 16
LONGEST_WHOLE = 1700
"""Bytes of a whole number: JSON has none of more than 4,300 digits."""

NULL, FALSE, TRUE, INT, BIG, FLOAT, TEXT, WORD, LIST, OBJECT, REPEAT, BYTES = range(12)
KINDS = 12


class Reader:
    """Takes pieces off the front of some bytes; at their end everything is nought or empty."""

    def __init__(self, data: bytes, words: Sequence[str] = ()) -> None:
        self._data = data
        self._at = 0
        self._words = words

    @property
    def left(self) -> int:
        """How many bytes are still there."""
        return len(self._data) - self._at

    def byte(self) -> int:
        """The next byte."""
        return self.piece(1)[0] if self.left else 0

    def piece(self, size: int) -> bytes:
        """The next so many bytes, fewer at the end."""
        found = self._data[self._at : self._at + size]
        self._at += len(found)
        return found

    def rest(self) -> bytes:
        """All bytes that are left."""
        return self.piece(self.left)

    def size(self) -> int:
        """A number from 0: seven bits a byte, as long as the eighth is set."""
        size = shift = 0
        while self.left and shift <= 28:
            byte = self.byte()
            size |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        return size

    def one_of(self, choices: Sequence[Any]) -> Any:
        """One of some things."""
        return choices[self.byte() % len(choices)]

    def text(self) -> str:
        """A text with any code points, lone surrogates among them."""
        return self.piece(self.size()).decode("utf-8", "surrogateescape")

    def word(self) -> str:
        """One of the words, empty where there are none."""
        number = self.size()
        return self._words[number % len(self._words)] if self._words else ""

    def value(self, depth: int = 0) -> Any:
        """A JSON value; `bytes` and texts that no UTF-8 holds may be in it."""
        kind = self.byte() % KINDS
        if depth >= DEEPEST and kind in (LIST, OBJECT):
            return None
        if kind == LIST:
            return [self.value(depth + 1) for _ in range(self._count())]
        if kind == OBJECT:
            return {self._key(): self.value(depth + 1) for _ in range(self._count())}
        return SCALARS[kind](self)

    def number(self) -> float:
        """Any number of eight bytes, NaN and the infinities among them."""
        found: float = struct.unpack("<d", self.piece(8).ljust(8, b"\0"))[0]
        return found

    def whole(self) -> int:
        """A whole number of any length."""
        return int.from_bytes(self.piece(self.size())[:LONGEST_WHOLE], "little", signed=True)

    def repeated(self) -> str:
        """A text many times over: what takes long to match is long."""
        text, times = self.text(), self.size()
        return text * min(times, LONGEST_REPEAT // max(1, len(text)))

    def _count(self) -> int:
        return min(self.size(), self.left)

    def _key(self) -> str:
        return self.word() if self.byte() % 2 else self.text()


SCALARS: dict[int, Callable[[Reader], Any]] = {
    NULL: lambda _reader: None,
    FALSE: lambda _reader: False,
    TRUE: lambda _reader: True,
    INT: lambda reader: reader.byte() - 128,
    BIG: Reader.whole,
    FLOAT: Reader.number,
    TEXT: Reader.text,
    WORD: Reader.word,
    REPEAT: Reader.repeated,
    BYTES: lambda reader: reader.piece(reader.size()),
}


def bytes_of(value: Any, words: Sequence[str] = ()) -> bytes:
    """The bytes that `Reader.value` gives this value for, where it is not nested too deep."""
    if value is None or isinstance(value, bool):
        return bytes([NULL if value is None else TRUE if value else FALSE])
    if isinstance(value, int):
        return _int_bytes(value)
    if isinstance(value, float):
        return bytes([FLOAT]) + struct.pack("<d", value)
    if isinstance(value, bytes):
        return bytes([BYTES]) + size_bytes(len(value)) + value
    if isinstance(value, str):
        if value in words:
            return bytes([WORD]) + size_bytes(words.index(value))
        return bytes([TEXT]) + text_bytes(value)
    if isinstance(value, dict):
        items = (_key_bytes(key, words) + bytes_of(one, words) for key, one in value.items())
        return bytes([OBJECT]) + size_bytes(len(value)) + b"".join(items)
    return bytes([LIST]) + size_bytes(len(value)) + b"".join(bytes_of(it, words) for it in value)


def text_bytes(text: str) -> bytes:
    """The bytes that `Reader.text` gives this text for."""
    data = text.encode("utf-8", "surrogateescape")
    return size_bytes(len(data)) + data


def size_bytes(size: int) -> bytes:
    """The bytes that `Reader.size` gives this number for."""
    found = bytearray()
    while size > 127:
        found.append(size & 127 | 128)
        size >>= 7
    return bytes([*found, size])


def _int_bytes(value: int) -> bytes:
    if -128 <= value < 128:
        return bytes([INT, value + 128])
    data = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return bytes([BIG]) + size_bytes(len(data)) + data


def _key_bytes(key: str, words: Sequence[str]) -> bytes:
    if key in words:
        return b"\x01" + size_bytes(words.index(key))
    return b"\x00" + text_bytes(key)
