"""A web server on loopback that says what a test tells it to, and a net that leads there."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_connection, socket
from ssl import SSLContext

Answer = Callable[[BaseHTTPRequestHandler], None]
PUBLIC = "93.184.215.14"


@contextmanager
def web_server(answer: Answer, tls: SSLContext | None = None) -> Iterator[int]:
    """The port of a server that answers every GET with `answer`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_args: object) -> None:
            """Nothing: tests read answers, not logs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def leading_to(port: int) -> Callable[[str, int, float], socket]:
    """A connector that reaches the server whatever public address it is asked for."""
    return lambda _address, _port, seconds: create_connection(("127.0.0.1", port), timeout=seconds)


def everywhere_public(_host: str, _port: int) -> list[str]:
    """A resolver by which every host has one public address."""
    return [PUBLIC]


def send(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    kind: str = "image/png",
    status: int = 200,
    **headers: str,
) -> None:
    """A whole answer with its length."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
