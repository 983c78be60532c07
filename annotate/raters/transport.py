"""Failed connections: the errors of the HTTP clients that the SDKs are built on.

google-genai sends with aiohttp where that is installed, else with httpx2 or httpx; openai with
httpx2 or httpx. Of each only what is installed can be raised.
"""

from functools import cache
from importlib import import_module

from annotate.base import TryAgain
from annotate.raters.access import Scrub

Errors = tuple[type[Exception], ...]
ANY = (("aiohttp", "ClientError"), ("httpx2", "HTTPError"), ("httpx", "HTTPError"))
UNSENT = (
    ("aiohttp", "ClientConnectorError"),
    ("httpx2", "ConnectError"),
    ("httpx2", "ConnectTimeout"),
    ("httpx2", "PoolTimeout"),
    ("httpx", "ConnectError"),
    ("httpx", "ConnectTimeout"),
    ("httpx", "PoolTimeout"),
)


@cache
def errors() -> Errors:
    """Everything that a connection can fail with; TimeoutError is an OSError."""
    return (*_installed(ANY), OSError)


def of_connection(error: BaseException, scrub: Scrub) -> TryAgain:
    """The problem behind a failed connection. What was sent may have been worked on and billed."""
    detail = scrub(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
    if isinstance(error, _unsent()):
        return TryAgain("refused_by_server", f"no connection ({detail})")
    return TryAgain("timeout", f"no answer came ({detail})", may_be_billed=True)


@cache
def _unsent() -> Errors:
    return (*_installed(UNSENT), ConnectionRefusedError)


def _installed(names: tuple[tuple[str, str], ...]) -> Errors:
    found: list[type[Exception]] = []
    for module, name in names:
        try:
            found.append(getattr(import_module(module), name))
        except ImportError:
            continue
    return tuple(found)
