"""HTTP/1.1 on one connection: requests in, answers out whole, late, cut or in two halves.

A protocol and not a pair of streams: at zero latency it answers within the read, without a task.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, cast

Way = Literal["whole", "slow", "cut_before", "cut_within"]
PHRASES = {200: b"OK", 400: b"Bad Request", 404: b"Not Found", 429: b"Too Many Requests"}


@dataclass(slots=True)
class Ask:
    """One request. Header names are lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass(slots=True)
class Say:
    """One answer: `way` says how it goes out, `wait` after how many seconds it begins.

    `pause` is how long a slow answer rests between its halves.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    way: Way = "whole"
    wait: float = 0.0
    pause: float = 0.0


class Connection(asyncio.Protocol):
    """A connection that stays open; it takes the next request when the last is answered."""

    def __init__(
        self, handle: Callable[[Ask], Say], sent: Callable[[], None], alive: set["Connection"]
    ) -> None:
        self._handle, self._sent, self._alive = handle, sent, alive
        self._buffer = bytearray()
        self._ask: Ask | None = None
        self._missing = 0
        self._busy = False
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._alive.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's name
        self._alive.discard(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._go_on()

    def drop(self) -> None:
        """Cut the connection off."""
        self._transport.abort()

    def _go_on(self) -> None:
        while not self._busy and (ask := self._next()) is not None:
            self._busy = True
            say = self._handle(ask)
            if say.wait:
                asyncio.get_running_loop().call_later(say.wait, self._begin, say)
            else:
                self._begin(say)

    def _next(self) -> Ask | None:
        """The next whole request in the buffer; a head is read once, however many pieces follow."""
        if self._ask is None:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return None
            self._ask = _head(bytes(self._buffer[:end]))
            del self._buffer[: end + 4]
            self._missing = int(self._ask.headers.get("content-length", "0"))
        if len(self._buffer) < self._missing:
            return None
        ask, self._ask = self._ask, None
        ask.body = bytes(self._buffer[: self._missing])
        del self._buffer[: self._missing]
        return ask

    def _begin(self, say: Say) -> None:
        self._sent()
        if self._transport.is_closing():
            return
        data = _bytes_of(say)
        if say.way == "whole":
            self._end(data)
        elif say.way == "slow":
            self._transport.write(data[: -len(say.body) // 2])
            rest = data[-len(say.body) // 2 :]
            asyncio.get_running_loop().call_later(say.pause, self._end, rest)
        else:
            if say.way == "cut_within":
                self._transport.write(data[: -len(say.body) // 2])
            self._transport.close()

    def _end(self, data: bytes) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(data)
        self._busy = False
        self._go_on()


def _head(data: bytes) -> Ask:
    first, *lines = data.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    path, _, query = target.partition("?")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Ask(method, path, query, headers)


def _bytes_of(say: Say) -> bytes:
    phrase = PHRASES.get(say.status, b"Status")
    head = b"HTTP/1.1 %d %b\r\nContent-Length: %d\r\n" % (say.status, phrase, len(say.body))
    headers = {"Content-Type": "application/json; charset=UTF-8", **say.headers}
    rest = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return head + rest.encode("latin-1") + b"\r\n" + say.body
