"""Whether a port is free, and whether a server answers on it."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable

ANYWHERE = "0.0.0.0"  # noqa: S104 - recognised, not bound to
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""A proxy is never asked for a server of one's own."""


def near(host: str) -> str:
    """The address at which this machine reaches a server bound to `host`."""
    return "127.0.0.1" if host == ANYWHERE else host


def is_free(host: str, port: int) -> bool:
    """Whether a server could be bound there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server itself binds: a port that only waits out its last connection is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return not _answers(near(host), port)


def is_healthy(url: str, timeout: float = 5.0) -> bool:
    """Whether the server says that it is ready."""
    try:
        with DIRECT.open(f"{url}/health", timeout=timeout) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def accepts(url: str, token: str, timeout: float = 30.0) -> bool | None:
    """Whether the server knows this token; None where it does not answer."""
    request = urllib.request.Request(  # noqa: S310 - our own server's address
        f"{url}/api/current-user/whoami", headers={"Authorization": f"Token {token}"}
    )
    try:
        with DIRECT.open(request, timeout=timeout) as reply:
            return bool(reply.status == 200)
    except urllib.error.HTTPError as error:
        return None if error.code >= 500 else False
    except (urllib.error.URLError, OSError):
        return None


def wait(url: str, alive: Callable[[], bool], patience: float) -> bool:
    """Wait until the server is ready; False where it ended or did not come in `patience` s."""
    end = time.monotonic() + patience
    while time.monotonic() < end and alive():
        if is_healthy(url):
            return alive()
        time.sleep(0.2)  # the server has no other way to say that it is up
    return False


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
