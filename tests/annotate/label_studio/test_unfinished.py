"""A request whose sender is gone is seen until the server has closed the connection."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from annotate.label_studio.unfinished import TABLES, left_alone
from tests.support.waiting import until

pytestmark = pytest.mark.skipif(not TABLES[0].is_file(), reason="the system shows no connections")


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield found


def connected(listening: socket.socket) -> tuple[int, socket.socket, socket.socket]:
    """The port, the sender's end and the server's end of a connection that has sent something."""
    port = int(listening.getsockname()[1])
    sender = socket.create_connection(("127.0.0.1", port))
    server, _ = listening.accept()
    sender.sendall(b"GET / HTTP/1.1")
    return port, sender, server


def test_a_request_whose_sender_waits_is_not_left_alone(listening: socket.socket) -> None:
    port, sender, server = connected(listening)
    with sender, server:
        assert left_alone(port) is False


def test_a_request_is_left_alone_from_its_senders_end_until_it_is_closed(
    listening: socket.socket,
) -> None:
    port, sender, server = connected(listening)
    sender.close()
    until(lambda: left_alone(port) is True)
    server.close()
    until(lambda: left_alone(port) is False)


def test_a_request_that_is_not_read_yet_is_left_alone(listening: socket.socket) -> None:
    port, sender, server = connected(listening)
    sender.setblocking(False)
    with suppress(BlockingIOError):  # both ends' buffers are full
        while True:
            sender.send(b"x" * 65_536)
    sender.close()
    with server:
        until(lambda: left_alone(port) is True)


def test_another_port_does_not_count(listening: socket.socket) -> None:
    port, sender, server = connected(listening)
    sender.close()
    with server:
        until(lambda: left_alone(port) is True)
        assert left_alone(port + 1) is False


def test_where_the_system_shows_nothing_nothing_is_said(tmp_path: Path) -> None:
    assert left_alone(80, [tmp_path / "none"]) is None
