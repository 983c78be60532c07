"""An http(s) address as it may be fetched, by its spelling alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from curate.media.rules import MediumFaultError

PORTS: Mapping[str, int] = {"http": 80, "https": 443}
KEPT_UNESCAPED = "%/:=&?~+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where a request goes, and what it asks for: `target` is the path and query, escaped."""

    scheme: str
    host: str
    port: int
    target: str


def web_address(url: str) -> WebAddress:
    """The address a URL spells. Raises MediumFaultError where it is not one to fetch."""
    if any(char.isspace() or not char.isprintable() for char in url):
        raise _refused(url, "it holds a blank or a control character")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _refused(url, str(error)) from error
    if parts.scheme not in PORTS or not host:
        raise _refused(url, "only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise _refused(url, "it holds a user name or password")
    if port is not None and port not in PORTS.values():
        raise _refused(url, f"port {port} is not 80 or 443")
    target = quote(parts.path or "/", safe=KEPT_UNESCAPED)
    query = f"?{quote(parts.query, safe=KEPT_UNESCAPED)}" if parts.query else ""
    return WebAddress(
        parts.scheme, _ascii_host(url, host), port or PORTS[parts.scheme], target + query
    )


def shown_url(url: str) -> str:
    """The URL without what may be a secret (user, query), cut short."""
    bare = url.split("?", 1)[0].split("#", 1)[0]
    scheme, slashes, rest = bare.partition("://")
    host, slash, path = rest.partition("/")
    return ascii(f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"[:200])


def _ascii_host(url: str, host: str) -> str:
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise _refused(url, "its host is no valid name") from error


def _refused(url: str, why: str) -> MediumFaultError:
    return MediumFaultError("remote_not_allowed", f"{shown_url(url)}: {why}")
