"""Pseudonyms of annotators, and the file that says who is who: `.label-studio/raters.json`, 0600.

The pseudonym is an HMAC of the sign-in name, so it is one person's on every server of the
workspace, and nobody without the salt can tell whose.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from annotate.label_studio.private_file import write_private
from curate.disk import sync_folder
from schemas.base import Record
from schemas.errors import LabelStudioError

PREFIX = "h-"
DIGITS = 12


class Known(Record):
    """The workspace's salt, and the sign-in name behind every pseudonym."""

    salt: str
    raters: dict[str, str] = {}


class Raters:
    """Pseudonyms for a server's users. `users` maps their numbers to sign-in names."""

    def __init__(self, path: Path, users: Mapping[str, str]) -> None:
        self._path = path
        self._users = users
        self._known = _read(path)
        if self._known is None:
            self._known = Known(salt=secrets.token_hex(32))
            _write(path, self._known)
        self._names = dict(self._known.raters)

    def __call__(self, completed_by: object) -> str:
        """The pseudonym of a user, given as a number or as an object with a number."""
        name = self._name(completed_by)
        salt = bytes.fromhex(self._known.salt) if self._known else b""
        digest = hmac.new(salt, name.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
        rater = f"{PREFIX}{digest[:DIGITS]}"
        self._names[rater] = name
        return rater

    @property
    def names(self) -> Mapping[str, str]:
        """The sign-in name behind every pseudonym given so far."""
        return self._names

    def save(self) -> None:
        """Write who is who, where somebody is new."""
        if self._known and self._names != self._known.raters:
            self._known = self._known.model_copy(update={"raters": dict(self._names)})
            _write(self._path, self._known)

    def _name(self, completed_by: object) -> str:
        """The sign-in name in small letters; of a user who is gone, the number."""
        said: Any = completed_by if isinstance(completed_by, Mapping) else {"id": completed_by}
        number = str(said.get("id"))
        email = self._users.get(number) or said.get("email")
        return str(email).strip().lower() if email else f"user {number}"


def _read(path: Path) -> Known | None:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    try:
        known = Known.model_validate_json(text)
        bytes.fromhex(known.salt)
    except (ValidationError, ValueError) as error:
        raise LabelStudioError(
            f"{path}: not what `curate label pull` wrote",
            "restore it from a copy: with another salt every rater gets a new id",
        ) from error
    return known


def _write(path: Path, known: Known) -> None:
    write_private(path, known.model_dump_json(indent=2) + "\n")
    sync_folder(path.parent)
