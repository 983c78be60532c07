"""Who may into the managed server: its admin's password and token, in a file only we can read."""

import secrets
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from annotate.label_studio.private_file import write_private
from schemas.base import Record
from schemas.errors import LabelStudioError

ADMIN = "admin@pairwright.invalid"
"""The admin's sign-in name; `.invalid` is reserved, so no mail ever goes there."""


class Access(Record):
    """The admin of one managed server. `postgres` is its database, null for SQLite."""

    email: str = ADMIN
    password: str
    token: str
    postgres: str | None = None

    @classmethod
    def drawn(cls, postgres: str | None = None) -> Self:
        """A new password and a new token, both random."""
        return cls(
            password=secrets.token_urlsafe(15), token=secrets.token_hex(20), postgres=postgres
        )


def write_access(path: Path, access: Access) -> None:
    """Write the file so that nobody else could read it at any moment."""
    write_private(path, access.model_dump_json(indent=2) + "\n")


def read_access(path: Path) -> Access | None:
    """What the file holds, None where there is none. Raises LabelStudioError where it is broken."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    try:
        return Access.model_validate_json(text)
    except ValidationError as error:
        raise LabelStudioError(
            f"{path}: not what `curate label serve` wrote",
            "restore it, or begin anew with --fresh --force",
        ) from error
