"""The admin's token, asked for with the password: somebody may have reset it in the pages."""

import json
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from annotate.label_studio.access import Access, read_access, write_access
from annotate.label_studio.health import accepts
from schemas.errors import LabelStudioError

TIMEOUT_S = 30


def renew(path: Path, url: str) -> bool:
    """Write the admin's token anew where the server does not know the one in `path`.

    False where it knows it, or does not answer. Raises LabelStudioError where it does not know the
    password either.
    """
    access = read_access(path)
    if access is None or accepts(url, access.token) is not False:
        return False
    token = token_of(url, access)
    if token is None:
        raise LabelStudioError(
            f"the database does not know the admin of {path}",
            "it belongs to another workspace: name an empty one; or the password was changed: "
            "write the new one there",
        )
    write_access(path, access.model_copy(update={"token": token}))
    return True


def token_of(url: str, access: Access) -> str | None:
    """The token that the admin's pages show; None where nobody is let in by that password."""
    jar = CookieJar()
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar)
    )
    page = f"{url}/user/login/?next=/health"
    try:
        opener.open(page, timeout=TIMEOUT_S).close()
        form = {
            "email": access.email,
            "password": access.password,
            "csrfmiddlewaretoken": next((it.value for it in jar if it.name == "csrftoken"), ""),
        }
        opener.open(page, urlencode(form).encode("ascii"), timeout=TIMEOUT_S).close()
        with opener.open(f"{url}/api/current-user/token", timeout=TIMEOUT_S) as reply:
            found = json.load(reply)
    except (urllib.error.URLError, OSError, ValueError, RecursionError):
        return None
    token = found.get("token") if isinstance(found, dict) else None
    return token if isinstance(token, str) and accepts(url, token) else None
