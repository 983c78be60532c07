"""Asking a server for JSON: again where it stumbles, and in one line where it fails."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from annotate.label_studio.health import DIRECT
from schemas.errors import LabelStudioError

TIMEOUT_S = 120
TRIES = 4
NO_KEY = (401, 403)
NOT_THERE = 404
OVERLOADED = 429
SERVER_FAULT = 500


class GoneError(LabelStudioError):
    """What was asked for is not on the server any more."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came, and the server's own time then; null where it said none."""

    found: Any
    at: datetime | None


@dataclass(slots=True)
class Asker:
    """A server and an admin's key, which is a legacy token or a personal one."""

    url: str
    key: str = field(repr=False)
    _access: str = field(default="", repr=False)

    def ask(self, path: str, **parameters: object) -> Reply:
        """What the server has at a path.

        Raises GoneError where that is nothing, LabelStudioError where it fails, does not answer or
        refuses the key.
        """
        request = f"{self.url}/{path}/?{urlencode(parameters)}"
        for left in reversed(range(TRIES)):
            try:
                return _ask(request, {"Authorization": self._authorisation()})
            except urllib.error.HTTPError as error:
                error.close()
                if error.code in NO_KEY and self._access and left:
                    self._access = ""  # it lives five minutes
                elif not left or (error.code < SERVER_FAULT and error.code != OVERLOADED):
                    raise _refused(self.url, path, error.code) from error
            except (OSError, ValueError, RecursionError, HTTPException) as error:
                if not left:
                    raise _silent(self.url, error) from error
            time.sleep(2.0 ** (TRIES - left - 1) / 2)  # a server that restarts needs a moment
        raise AssertionError("unreachable")

    def _authorisation(self) -> str:
        """A personal token is changed for one of five minutes; a legacy one is used as it is."""
        if self.key.count(".") != 2:
            return f"Token {self.key}"
        if not self._access:
            body = json.dumps({"refresh": self.key}).encode("utf-8")
            found = _ask(f"{self.url}/api/token/refresh/", {}, body).found
            self._access = str(found.get("access")) if isinstance(found, dict) else ""
        return f"Bearer {self._access}"


def no_label_studio(url: str, path: str) -> LabelStudioError:
    """The error for an answer of another shape than Label Studio's."""
    return LabelStudioError(
        f"{url}/{path}: not what Label Studio answers", "is the address Label Studio's own?"
    )


def _ask(url: str, headers: Mapping[str, str], body: bytes | None = None) -> Reply:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise LabelStudioError(f"{url}: no web address", "begin it with http:// or https://")
    request = urllib.request.Request(  # noqa: S310 - checked above
        url, data=body, headers={**headers, "Content-Type": "application/json"}
    )
    with DIRECT.open(request, timeout=TIMEOUT_S) as reply:
        return Reply(json.load(reply), _time(reply.headers.get("Date")))


def _time(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except (ValueError, OverflowError):
        return None


def _refused(url: str, path: str, status: int) -> LabelStudioError:
    if status in NO_KEY:
        return LabelStudioError(
            f"{url}: the key is not accepted",
            "was it revoked? set LABEL_STUDIO_API_KEY to an admin's; what came so far is kept",
        )
    kind = GoneError if status == NOT_THERE else LabelStudioError
    return kind(f"{url}/{path}: status {status}", "pull again: what came so far is kept")


def _silent(url: str, error: Exception) -> LabelStudioError:
    reason = getattr(error, "reason", error)
    return LabelStudioError(
        f"{url}: no answer ({reason})", "does the server run? pull again: what came is kept"
    )
