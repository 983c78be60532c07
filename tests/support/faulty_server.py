"""A loopback proxy before a real server that fails by plan: refusals, cuts, silence."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

Fault = Literal["refused", "broken", "dropped", "cut", "silent", "emptied"]
"""How a request fails: status 401; status 500; no answer; half of one; none for long; `{}`."""

STATUS = {"refused": 401, "broken": 500}
LONGEST_SILENCE_S = 60.0
HOP = ("transfer-encoding", "connection", "content-length", "server", "date")


@dataclass(frozen=True)
class Asked:
    """A request on its way. `number` counts from 1 and over all paths."""

    number: int
    method: str
    path: str

    def is_for(self, path: str) -> bool:
        """Whether it is for this path, whatever was asked about it."""
        return urlsplit(self.path).path.rstrip("/") == path


Plan = Callable[[Asked], Fault | None]


@dataclass
class Faulty:
    """The proxy. `plan` is called before a request is passed on and may do anything else, too.

    With `late` a request that fails is carried out all the same, and only its answer is lost.
    """

    url: str
    target: str
    plan: Plan = lambda _: None
    late: bool = False
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def reply(self, handler: BaseHTTPRequestHandler) -> None:
        """Pass a request on, or fail as planned."""
        asked = Asked(len(self.asked) + 1, handler.command, handler.path)
        self.asked.append(asked)
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        fault = self.plan(asked)
        if fault is None or fault == "cut" or self.late:
            try:
                answer, found = self._pass_on(handler, body)
            except OSError:
                handler.close_connection = True
                return
            if fault is None or fault == "cut":
                _send(handler, answer, found, cut=fault == "cut")
                return
        self._fail(handler, fault)

    def _pass_on(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection(urlsplit(self.target).netloc, timeout=300)
        headers = {name: value for name, value in handler.headers.items() if name != "Connection"}
        connection.request(handler.command, handler.path, body or None, headers)
        answer = connection.getresponse()
        found = answer.read()
        connection.close()
        return answer, found

    def _fail(self, handler: BaseHTTPRequestHandler, fault: Fault) -> None:
        handler.close_connection = True
        if fault == "silent":
            self.over.wait(LONGEST_SILENCE_S)
        if fault in {"silent", "dropped"}:
            return
        handler.send_response(STATUS.get(fault, 200))
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"{}")


def _send(handler: BaseHTTPRequestHandler, answer: HTTPResponse, body: bytes, *, cut: bool) -> None:
    handler.send_response(answer.status)
    for name, value in answer.getheaders():
        if name.lower() not in HOP:
            handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2] if cut else body)
    handler.close_connection = handler.close_connection or cut


@contextmanager
def faulty(target: str) -> Iterator[Faulty]:
    """A proxy that passes all on at first."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with suppress(ConnectionError):  # who asked may be gone
                found.reply(self)

        do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815 - names of the base class

        def log_message(self, *_args: object) -> None:
            """Nothing: tests read answers, not logs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found = Faulty(f"http://127.0.0.1:{server.server_address[1]}", target)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def nth(number: int, path: str, fault: Fault | None, *, times: int = 1, holding: str = "") -> Plan:
    """A plan: requests for a path that hold a text fail from the `number`th on, so many times."""
    seen = 0

    def plan(asked: Asked) -> Fault | None:
        nonlocal seen
        if not asked.is_for(path) or holding not in asked.path:
            return None
        seen += 1
        return fault if number <= seen < number + times else None

    return plan
