"""HTTP/1.1 for the Hub: a request with its whole body in, an answer out, whole or not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.hub_server.faults import Fault


@dataclass(frozen=True)
class Ask:
    """A request; `path` is unquoted, so that a revision may hold slashes."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Say:
    """An answer."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Handler(BaseHTTPRequestHandler):
    """Reads a request, asks `answer`, and does what `fault` says goes wrong with it."""

    protocol_version = "HTTP/1.1"
    answer: Callable[[Ask], Say]
    fault: Callable[[str, str], Fault | None]

    def handle_one(self) -> None:
        """One request of any method."""
        address = urlsplit(self.path)
        path = unquote(address.path)
        fault = type(self).fault(self.command, path)
        if fault is not None and fault.way == "cut":
            self.rfile.read(self._length() // 2)
            self._drop()
            return
        try:
            body = self._body()
        except ConnectionError:
            self._drop()
            return
        if fault is not None and fault.way == "status":
            self._send(Say(fault.status, b'{"error": "told to fail"}', fault.headers))
            return
        if fault is not None and fault.run is not None:
            fault.run()
        if fault is not None and fault.way == "corrupt":
            body = body[::-1] + b"!"
        query = {name: values[-1] for name, values in parse_qs(address.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        said = type(self).answer(Ask(self.command, path, query, headers, body))
        if fault is not None and fault.way == "lost":
            self._drop()
            return
        self._send(said)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_one  # noqa: N815 - http.server's names

    def log_message(self, *_: Any) -> None:
        """Nothing: a test's output is its own."""

    def _length(self) -> int:
        return int(self.headers.get("Content-Length", "0"))

    def _body(self) -> bytes:
        """The whole body. Raises ConnectionError where the client went away within it."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            body = self.rfile.read(self._length())
            if len(body) < self._length():
                raise ConnectionError
            return body
        parts = []
        while size := self._chunk_size():
            parts.append(self.rfile.read(size))
            if len(parts[-1]) < size:
                raise ConnectionError
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _chunk_size(self) -> int:
        line = self.rfile.readline()
        if not line:
            raise ConnectionError
        return int(line.split(b";")[0], 16)

    def _send(self, said: Say) -> None:
        self.send_response(said.status)
        headers = {"Content-Type": "application/json", **said.headers}
        headers.setdefault("Content-Length", str(len(said.body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said.body)

    def _drop(self) -> None:
        """Cut the line off without an answer."""
        self.close_connection = True
        self.connection.close()
