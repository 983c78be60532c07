"""The default run is offline and holds no keys."""

import os
import socket
from fnmatch import fnmatch
from pathlib import Path

import pytest


def test_a_public_address_is_refused() -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        client.connect(("192.0.2.1", 80))


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_loopback_is_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
        server.accept()[0] as peer,
    ):
        client.sendall(b"?")
        assert peer.recv(1) == b"?"


def test_no_key_is_in_the_environment() -> None:
    keys = ("GEMINI_API_KEY", "OPENAI_API_KEY", "HF_TOKEN", "LABEL_STUDIO_API_KEY")
    assert not [key for key in keys if key in os.environ]


def test_the_hub_client_is_offline() -> None:
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_no_folder_of_tests_is_passed_over(request: pytest.FixtureRequest) -> None:
    patterns = request.config.getini("norecursedirs")
    folders = {path.parent for path in Path(__file__).parent.rglob("test_*.py")}
    names = {name for folder in folders for name in folder.relative_to(Path(__file__).parent).parts}
    assert not [name for name in names if any(fnmatch(name, pattern) for pattern in patterns)]
