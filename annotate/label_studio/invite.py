"""The link that lets an annotator sign up and see the projects.

An account made in any other way belongs to no organisation and sees no project.
"""

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from annotate.label_studio.health import DIRECT
from schemas.errors import LabelStudioError

TIMEOUT_S = 30


def invite_link(url: str, key: str) -> str:
    """The server's sign-up link; whoever has it can sign up. `key` is an admin's.

    Raises LabelStudioError where the server cannot be reached or refuses the key.
    """
    base = url.rstrip("/")
    path = _json(f"{base}/api/invite", _authorisation(base, key)).get("invite_url")
    if not isinstance(path, str):
        raise LabelStudioError(f"{base} gives no invite link", "is it Label Studio?")
    return path if urlsplit(path).scheme else base + path


def _authorisation(base: str, key: str) -> str:
    """A personal token is changed for one of five minutes; a legacy one is used as it is."""
    if key.count(".") != 2:
        return f"Token {key}"
    body = json.dumps({"refresh": key}).encode("utf-8")
    return f"Bearer {_json(f'{base}/api/token/refresh', None, body).get('access')}"


def _json(url: str, authorisation: str | None, body: bytes | None = None) -> dict[str, Any]:
    headers = {"Authorization": authorisation} if authorisation else {}
    headers["Content-Type"] = "application/json"
    if urlsplit(url).scheme not in {"http", "https"}:
        raise LabelStudioError(f"{url}: no web address", "begin it with http:// or https://")
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 - checked above
    try:
        with DIRECT.open(request, timeout=TIMEOUT_S) as reply:
            found = json.load(reply)
    except urllib.error.HTTPError as error:
        said = "the key is not accepted" if error.code in {401, 403} else f"status {error.code}"
        raise LabelStudioError(
            f"{url}: {said}", "set LABEL_STUDIO_API_KEY to an admin's"
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "reason", error)
        raise LabelStudioError(f"{url}: no answer ({reason})", "does the server run?") from error
    return found if isinstance(found, dict) else {}
