"""Keys and addresses: checked before use, and keys kept out of every text that leaves a rater."""

import re
from typing import Any

from annotate.base import StopRun
from annotate.prompting.quoting import valid_text

LONGEST = 400


class Scrub:
    """Makes a server's text fit for an error: one line that can be stored, without the key."""

    __slots__ = ("_key",)

    def __init__(self, key: str | None) -> None:
        self._key = key

    def __call__(self, text: Any) -> str:
        """The text as it may be shown."""
        line = valid_text(" ".join(str(text).split()))
        if self._key:  # before the cut, which could leave half of it
            line = line.replace(self._key, "***")
        return line if len(line) <= LONGEST else f"{line[:LONGEST]}..."


def checked_key(key: str | None, *, of: str, fix: str) -> str:
    """The key without spaces around it.

    Raises StopRun where there is none, or where it has characters that no header can carry: the
    clients would put them into their own errors.
    """
    bare = (key or "").strip()
    if not bare:
        raise StopRun(f"no key for {of}", fix)
    if not re.fullmatch(r"[!-~]+", bare):
        raise StopRun(f"the key for {of} has a space or a letter that no key has", fix)
    return bare


def checked_url(url: str | None) -> str | None:
    """The address, None for the service's own. Raises StopRun where no client could use it."""
    if url is None or re.match(r"https?://[^/\s]", url):
        return url
    raise StopRun(f"base_url {url!r} is no address", "write it as http://host:port/v1")
