"""Cuts a list in a JSON text into its elements' texts, chunk by chunk, by quotes and brackets."""

import re
from collections.abc import Iterator

from curate.sources.containers import TooLong

QUOTED = re.compile(rb'[^"\\]*+(["\\])')
STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
# Whole strings and what lies between brackets are passed over in one match, without backtracking.
BETWEEN = re.compile(rb'(?:[^"\[\]{},]++|' + STRING + rb')*+(["\[\]{},])', re.DOTALL)
NESTED = re.compile(rb'(?:[^"\[\]{}]++|' + STRING + rb')*+(["\[\]{}])', re.DOTALL)
FIRST = re.compile(rb"[^ \t\r\n]")
OPENERS = (b"[", b"{")


class NotAListError(Exception):
    """The text is neither a list nor an object with one list."""


class ElementCutter:
    """Takes a JSON text in chunks and gives the texts of its list's elements.

    Only one element is held, and of one over `limit` bytes only its size.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._depth = 0
        self._list_depth = 0
        self._in_list = False
        self._in_string = False
        self._escaped = False
        self._lists = 0
        self._ended = False
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> Iterator[bytes | TooLong]:
        """The elements that end in this chunk. Raises NotAListError."""
        position = self._begin(chunk)
        start = 0
        while not self._ended and (found := self._pattern().match(chunk, position)):
            position = found.end()
            mark = found[1]
            if self._in_string:
                position = self._inside_string(mark, position, len(chunk))
            elif mark == b'"':
                self._in_string = True
            else:
                ends = self._in_list and self._depth == self._list_depth and mark in b",]}"
                if ends:
                    self._keep(chunk[start : position - 1])
                    yield from self._element(last=mark != b",")
                if self._moved(mark) or ends:
                    start = position
        if self._ended:
            self._check_end(chunk, start)
        elif self._in_list:
            self._keep(chunk[start:])

    def close(self) -> bytes | None:
        """What is left of an element that the text broke off in; null where the list is whole."""
        if self._ended:
            return None
        if not self._list_depth:
            raise NotAListError("there is nothing in it")
        if not self._lists:
            raise NotAListError("it breaks off before any list")
        return b"".join(self._pieces)

    def _begin(self, chunk: bytes) -> int:
        """Where to search from; the first byte of the text says which form it has."""
        if not self._list_depth and (first := FIRST.search(chunk)):
            if first[0] not in OPENERS:
                raise NotAListError(f"it begins with {first[0]!r}")
            self._list_depth = 1 if first[0] == b"[" else 2
        escaped, self._escaped = self._escaped, False
        return 1 if escaped else 0

    def _pattern(self) -> re.Pattern[bytes]:
        if self._in_string:
            return QUOTED
        return BETWEEN if self._depth == self._list_depth else NESTED

    def _inside_string(self, mark: bytes, position: int, length: int) -> int:
        if mark == b'"':
            self._in_string = False
            return position
        self._escaped = position == length
        return position + 1

    def _moved(self, mark: bytes) -> bool:
        """Steps over a bracket; true where the list of elements begins or ends with it."""
        if mark in OPENERS:
            self._depth += 1
            if mark == b"[" and self._depth == self._list_depth:
                self._lists += 1
                if self._lists > 1:
                    raise NotAListError("it is an object with several lists")
                self._in_list = True
                return True
        elif mark != b",":
            self._depth -= 1
            left = self._in_list and self._depth < self._list_depth
            self._in_list = self._in_list and not left
            self._ended = self._depth == 0
            return left or self._ended
        return False

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size <= self._limit:
            self._pieces.append(piece)
        else:
            self._pieces.clear()

    def _element(self, *, last: bool) -> Iterator[bytes | TooLong]:
        text, size = b"".join(self._pieces), self._size
        self._pieces, self._size = [], 0
        if size > self._limit:
            yield TooLong(size)
        elif text.strip() or not last:
            yield text.strip()

    def _check_end(self, chunk: bytes, start: int) -> None:
        if not self._lists:
            raise NotAListError("it is an object without a list")
        if FIRST.search(chunk, start):
            raise NotAListError("there is more text after its end")
