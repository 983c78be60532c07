"""Whether anything answers at an address, asked once before a run."""

import socket
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from annotate.base import StopRun

SECONDS = 10.0


def unreachable(base_url: str) -> StopRun | None:
    """The error of an address where no server is; else every call would find out by itself.

    Any answer will do, and so will silence, since a busy server may be slow. No key is sent.
    """
    try:
        # The scheme was checked to be http or https when the address was taken.
        with urlopen(Request(f"{base_url}/models"), timeout=SECONDS):  # noqa: S310
            return None
    except HTTPError as answer:
        answer.close()
        return None
    except URLError as error:
        if not isinstance(error.reason, ConnectionRefusedError | socket.gaierror):
            return None
        said = error.reason.strerror or str(error.reason)
        return StopRun(f"no server answers at {base_url} ({said})", "start it, or mend the address")
    except (OSError, HTTPException):
        return None
