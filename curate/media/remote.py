"""Pictures from http(s) addresses, through a guard against requests into private networks.

The host is resolved once, every address it has must be public, and the connection goes to an
address that was checked, so that a second answer of the name server changes nothing. Redirects are
checked like the first address. Nothing of the environment (proxies, credentials) is used.
"""

import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR, socket
from threading import Event, Timer
from time import monotonic
from urllib.parse import urljoin

from curate.media.public_address import checked_addresses, connect, look_up
from curate.media.rules import MediumFaultError
from curate.media.web_address import WebAddress, shown_url, web_address

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
SECONDS = 60.0
CHUNK = 65536
MEDIA_TYPES = ("image/", "video/", "application/octet-stream", "binary/octet-stream")
HEADERS = {"User-Agent": "pairwright", "Accept": "image/*,video/*;q=0.8"}

Resolver = Callable[[str, int], Sequence[str]]
Connector = Callable[[str, int, float], socket]


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Reads addresses of the public internet, each in `seconds` from end to end.

    `resolve`, `connect` and `tls` are the net itself; the checks stand between them and lie here.
    """

    seconds: float = SECONDS
    resolve: Resolver = look_up
    connect: Connector = connect
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def fetch(self, url: str, most: int) -> bytes:
        """At most `most` bytes at a URL, after at most five redirects. Raises MediumFaultError."""
        end = monotonic() + self.seconds
        for _ in range(MOST_REDIRECTS + 1):
            found = self._get(url, most, max(0.001, end - monotonic()))
            if isinstance(found, bytes):
                return found
            url = urljoin(url, found)
        raise MediumFaultError("missing_media", f"more than {MOST_REDIRECTS} redirects")

    def _get(self, url: str, most: int, seconds: float) -> bytes | str:
        """The body, or the address a redirect names."""
        address = web_address(url)
        late = Event()
        try:
            with self._connected(address, seconds) as plain, _cut_after(seconds, plain, late):
                found = self._exchange(plain, address, most)
        except (OSError, HTTPException, ValueError) as error:
            raise _missing(url, self._late_text() if late.is_set() else str(error)) from error
        if late.is_set():
            raise _missing(url, self._late_text())
        return found

    def _late_text(self) -> str:
        return f"no whole answer within {self.seconds:g} seconds"

    def _connected(self, place: WebAddress, seconds: float) -> socket:
        addresses = checked_addresses(place.host, self.resolve(place.host, place.port))
        for address in addresses[:-1]:
            try:
                return self.connect(address, place.port, seconds)
            except OSError:
                continue  # the next address is tried; the last one's error is the one told
        return self.connect(addresses[-1], place.port, seconds)

    def _exchange(self, plain: socket, address: WebAddress, most: int) -> bytes | str:
        with closing(self._connection(plain, address)) as connection:
            connection.request("GET", address.target, headers=HEADERS)
            with connection.getresponse() as response:
                moved = response.getheader("Location")
                if response.status in REDIRECTS and moved:
                    return moved
                return _body(response, most)

    def _connection(self, plain: socket, address: WebAddress) -> HTTPConnection:
        """A connection over the socket that is there, so that no name is looked up again."""
        if address.scheme == "http":
            connection = HTTPConnection(address.host, address.port)
            connection.sock = plain
            return connection
        connection = HTTPSConnection(address.host, address.port)
        connection.sock = self.tls().wrap_socket(plain, server_hostname=address.host)
        return connection


def _body(response: HTTPResponse, most: int) -> bytes:
    if response.status != 200:
        raise MediumFaultError("missing_media", f"the server answered {response.status}")
    kind = (response.getheader("Content-Type") or MEDIA_TYPES[-1]).strip().lower()
    if not kind.startswith(MEDIA_TYPES):
        raise MediumFaultError("unreadable_media", f"the server says it is {kind[:80]!r}")
    promised = response.length
    body = bytearray()
    while chunk := response.read(CHUNK):
        body += chunk
        if len(body) > most:
            raise MediumFaultError("oversized_media", f"more than {most:,} bytes")
    if promised is not None and len(body) < promised:
        raise HTTPException(f"{len(body)} of {promised} bytes came")
    return bytes(body)


@contextmanager
def _cut_after(seconds: float, plain: socket, late: Event) -> Iterator[None]:
    """End the connection after so long: a server that sends a byte a second runs out of time too.

    A second handle is cut, since TLS takes the first one over.
    """

    def cut() -> None:
        late.set()
        with suppress(OSError):  # it may have ended by itself in this moment
            handle.shutdown(SHUT_RDWR)

    with plain.dup() as handle:
        timer = Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _missing(url: str, why: str) -> MediumFaultError:
    return MediumFaultError("missing_media", f"{shown_url(url)}: {why}")
