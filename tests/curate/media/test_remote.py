"""Pictures come from the public internet only; the net here is a server on loopback."""

import ssl
import subprocess
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from shutil import which
from socket import socket

import pytest

from curate.media.remote import Fetcher
from curate.media.rules import MediumFaultError
from tests.support.hostile import LOCAL
from tests.support.web_server import everywhere_public, leading_to, send, web_server

MOST = 1000
MAKE_CERTIFICATE = (
    *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
    *("-subj", "/CN=pictures.example", "-addext", "subjectAltName=DNS:pictures.example"),
)
URL = "http://pictures.example/a.png"


def fetched(
    answer: Callable[[BaseHTTPRequestHandler], None], seconds: float = 5, url: str = URL
) -> bytes:
    with web_server(answer) as port:
        fetcher = Fetcher(seconds, everywhere_public, leading_to(port))
        return fetcher.fetch(url, MOST)


def fault_of(
    answer: Callable[[BaseHTTPRequestHandler], None], seconds: float = 5, url: str = URL
) -> MediumFaultError:
    with pytest.raises(MediumFaultError) as caught:
        fetched(answer, seconds, url)
    return caught.value


def test_picture_is_fetched_with_the_hosts_name() -> None:
    seen: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.extend([handler.path, handler.headers["Host"], handler.headers["Authorization"]])
        send(handler, b"picture")

    assert fetched(answer, url=f"{URL}?w=1") == b"picture"
    assert seen == ["/a.png?w=1", "pictures.example", None]


def test_connection_goes_to_the_address_that_was_checked() -> None:
    """A name server that answers otherwise the second time is not asked a second time."""
    asked: list[str] = []
    reached: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["1.1.1.1"] if len(asked) == 1 else ["127.0.0.1"]

    with web_server(lambda handler: send(handler, b"x")) as port:
        lead = leading_to(port)

        def connect(address: str, number: int, seconds: float) -> socket:
            reached.append(address)
            return lead(address, number, seconds)

        Fetcher(5, resolve, connect).fetch(URL, MOST)
    assert (asked, reached) == (["pictures.example"], ["1.1.1.1"])


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1"]
)
def test_host_with_a_private_address_is_never_connected_to(address: str) -> None:
    def connect(*_args: object) -> None:
        pytest.fail("a private address was connected to")

    fetcher = Fetcher(5, lambda _host, _port: ["1.1.1.1", address], connect)  # type: ignore[arg-type]
    with pytest.raises(MediumFaultError) as caught:
        fetcher.fetch(URL, MOST)
    assert caught.value.reason == "remote_not_allowed"


def test_loopback_is_refused_with_the_resolver_that_users_have() -> None:
    with pytest.raises(MediumFaultError) as caught:
        Fetcher(5).fetch("http://localhost/a.png", MOST)
    assert caught.value.reason == "remote_not_allowed"


def test_redirect_is_followed() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/a.png":
            send(handler, b"", status=302, Location="/b.png")
        else:
            send(handler, handler.path.encode())

    assert fetched(answer) == b"/b.png"


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/", "http://x.example:22/", LOCAL, "ftp://x.example/"],
)
def test_redirect_is_checked_like_the_first_address(target: str) -> None:
    def resolve(host: str, _port: int) -> list[str]:
        return [host] if host[0].isdigit() else ["1.1.1.1"]

    with web_server(lambda handler: send(handler, b"", status=301, Location=target)) as port:
        fetcher = Fetcher(5, resolve, leading_to(port))
        with pytest.raises(MediumFaultError) as caught:
            fetcher.fetch(URL, MOST)
    assert caught.value.reason == "remote_not_allowed"


def test_redirects_end_after_five() -> None:
    fault = fault_of(lambda handler: send(handler, b"", status=302, Location="/again"))
    assert (fault.reason, "5 redirects" in fault.detail) == ("missing_media", True)


@pytest.mark.parametrize("status", [404, 403, 500, 204])
def test_status_other_than_ok_is_missing(status: int) -> None:
    fault = fault_of(lambda handler: send(handler, b"", status=status))
    assert (fault.reason, str(status) in fault.detail) == ("missing_media", True)


def test_page_in_place_of_a_picture_is_unreadable() -> None:
    fault = fault_of(lambda handler: send(handler, b"<html>", kind="text/html; charset=utf-8"))
    assert (fault.reason, "text/html" in fault.detail) == ("unreadable_media", True)


def test_body_over_the_limit_is_cut_off() -> None:
    assert fault_of(lambda handler: send(handler, bytes(MOST + 1))).reason == "oversized_media"


def test_endless_body_without_a_length_is_cut_off() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(bytes(4096))
        except OSError:
            return

    assert fault_of(answer).reason == "oversized_media"


def test_body_shorter_than_promised_is_missing() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"half")

    assert fault_of(answer).reason == "missing_media"


@pytest.mark.parametrize("part", ["header", "body"])
def test_server_that_drips_a_byte_at_a_time_runs_out_of_time(part: str) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if part == "body":
            handler.send_response(200)
            handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b"x")
                time.sleep(0.02)
        except OSError:
            return

    begun = time.monotonic()
    fault = fault_of(answer, seconds=0.3)
    assert time.monotonic() - begun < 2
    assert (fault.reason, "0.3 seconds" in fault.detail) == ("missing_media", True)


def test_host_that_refuses_connections_is_missing() -> None:
    def refuse(*_args: object) -> None:
        raise ConnectionRefusedError("refused")

    with pytest.raises(MediumFaultError) as caught:
        Fetcher(5, everywhere_public, refuse).fetch(URL, MOST)  # type: ignore[arg-type]
    assert caught.value.reason == "missing_media"


def test_next_address_is_tried_when_the_first_does_not_answer() -> None:
    with web_server(lambda handler: send(handler, b"x")) as port:
        lead = leading_to(port)

        def connect(address: str, number: int, seconds: float) -> socket:
            if address == "1.1.1.1":
                raise ConnectionRefusedError("refused")
            return lead(address, number, seconds)

        fetcher = Fetcher(5, lambda _host, _port: ["1.1.1.1", "1.0.0.1"], connect)
        assert fetcher.fetch(URL, MOST) == b"x"


def test_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert fetched(lambda handler: send(handler, b"x")) == b"x"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and certificate of pictures.example, made for this run."""
    if which("openssl") is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [*MAKE_CERTIFICATE, "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder


def secure(certificate: Path) -> tuple[ssl.SSLContext, Callable[[], ssl.SSLContext]]:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return server, lambda: ssl.create_default_context(cafile=str(certificate / "cert.pem"))


def test_https_checks_the_certificate_against_the_host(certificate: Path) -> None:
    server, client = secure(certificate)
    with web_server(lambda handler: send(handler, b"x"), server) as port:
        fetcher = Fetcher(5, everywhere_public, leading_to(port), client)
        assert fetcher.fetch("https://pictures.example/a.png", MOST) == b"x"
        with pytest.raises(MediumFaultError) as caught:
            fetcher.fetch("https://other.example/a.png", MOST)
    assert "CERTIFICATE" in caught.value.detail.upper()


def test_https_server_that_drips_runs_out_of_time_too(certificate: Path) -> None:
    server, client = secure(certificate)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        try:
            for _ in range(200):
                handler.wfile.write(b"x")
                time.sleep(0.02)
        except OSError:
            return

    with web_server(answer, server) as port:
        fetcher = Fetcher(0.5, everywhere_public, leading_to(port), client)
        with pytest.raises(MediumFaultError) as caught:
            fetcher.fetch("https://pictures.example/a.png", MOST)
    assert "0.5 seconds" in caught.value.detail
