"""Reading a server: its projects, its users, and the tasks that changed since a time.

Tasks come by id, each page asking for those above the last, so that nothing moves under the reader.
"""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from annotate.label_studio.health import DIRECT
from schemas.errors import LabelStudioError

TIMEOUT_S = 300
TRIES = 4
PAGE = 500
NO_KEY = (401, 403)
OVERLOADED = 429
SERVER_FAULT = 500


@dataclass(slots=True)
class Reader:
    """A server and an admin's key, which is a legacy token or a personal one."""

    url: str
    key: str
    _access: str = field(default="", repr=False)

    def projects(self) -> Iterator[dict[str, Any]]:
        """Every project the key sees. Raises LabelStudioError where the server does not answer."""
        for number in range(1, 1 << 20):
            found = self._get("api/projects", page=number, page_size=PAGE, ordering="id")
            yield from _dicts(found.get("results"))
            if not found.get("next"):
                return

    def users(self) -> dict[str, str]:
        """The sign-in name of every user, by number."""
        found = _dicts(self._get("api/users").get("results"))
        return {str(it.get("id")): str(it.get("email") or "") for it in found}

    def newest(self, project: object) -> dict[str, Any] | None:
        """The task that changed last; null where the project is empty."""
        found = self._tasks(project, [], ["-tasks:updated_at"], 1)
        return found[0] if found else None

    def tasks(self, project: object, since: str | None) -> Iterator[dict[str, Any]]:
        """The tasks that changed at `since` (`2026-01-02T03:04:05.000000Z`) or later, by id."""
        changed = [_filter("updated_at", "greater_or_equal", "Datetime", since)] if since else []
        last = 0
        while True:
            above = _filter("id", "greater", "Number", last)
            found = self._tasks(project, [*changed, above], ["tasks:id"], PAGE)
            yield from found
            ids = [it["id"] for it in found if isinstance(it.get("id"), int)]
            if len(found) < PAGE or not ids or max(ids) <= last:
                return
            last = max(ids)

    def _tasks(
        self, project: object, filters: list[dict[str, Any]], ordering: list[str], size: int
    ) -> list[dict[str, Any]]:
        query = {"filters": {"conjunction": "and", "items": filters}, "ordering": ordering}
        found = self._get(
            "api/tasks",
            project=project,
            fields="all",
            resolve_uri="false",
            page=1,
            page_size=size,
            query=json.dumps(query),
        )
        return _dicts(found.get("tasks"))

    def _get(self, path: str, **parameters: object) -> dict[str, Any]:
        """The object at a path; a list comes under `results`."""
        request = f"{self.url}/{path}/?{urlencode(parameters)}"
        for left in reversed(range(TRIES)):
            try:
                found = _json(request, {"Authorization": self._authorisation()})
            except urllib.error.HTTPError as error:
                if error.code in NO_KEY and self._access and left:
                    self._access = ""  # it lives five minutes
                elif not left or (error.code < SERVER_FAULT and error.code != OVERLOADED):
                    raise _refused(self.url, path, error.code) from error
            except (OSError, ValueError, HTTPException) as error:
                if not left:
                    raise _silent(self.url, error) from error
            else:
                return {"results": found} if isinstance(found, list) else _dict(found)
            time.sleep(2.0 ** (TRIES - left - 1) / 2)  # a server that restarts needs a moment
        raise AssertionError("unreachable")

    def _authorisation(self) -> str:
        """A personal token is changed for one of five minutes; a legacy one is used as it is."""
        if self.key.count(".") != 2:
            return f"Token {self.key}"
        if not self._access:
            body = json.dumps({"refresh": self.key}).encode("utf-8")
            found = _json(f"{self.url}/api/token/refresh/", {}, body)
            self._access = str(_dict(found).get("access"))
        return f"Bearer {self._access}"


def _json(url: str, headers: Mapping[str, str], body: bytes | None = None) -> object:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise LabelStudioError(f"{url}: no web address", "begin it with http:// or https://")
    request = urllib.request.Request(  # noqa: S310 - checked above
        url, data=body, headers={**headers, "Content-Type": "application/json"}
    )
    with DIRECT.open(request, timeout=TIMEOUT_S) as reply:
        found: object = json.load(reply)
    return found


def _filter(field_name: str, operator: str, kind: str, value: object) -> dict[str, Any]:
    return {
        "filter": f"filter:tasks:{field_name}",
        "operator": operator,
        "type": kind,
        "value": value,
    }


def _dict(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _dicts(found: object) -> list[dict[str, Any]]:
    return [it for it in found if isinstance(it, dict)] if isinstance(found, list) else []


def _refused(url: str, path: str, status: int) -> LabelStudioError:
    if status in NO_KEY:
        return LabelStudioError(
            f"{url}: the key is not accepted", "set LABEL_STUDIO_API_KEY to an admin's"
        )
    return LabelStudioError(
        f"{url}/{path}: status {status}", "pull again: what came so far is kept"
    )


def _silent(url: str, error: Exception) -> LabelStudioError:
    reason = getattr(error, "reason", error)
    return LabelStudioError(
        f"{url}: no answer ({reason})", "does the server run? pull again: what came is kept"
    )
