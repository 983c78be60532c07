"""What moves a bar while a model trains, scores or answers."""

from typing import Protocol


class Advance(Protocol):
    """Moves a bar."""

    def __call__(self, count: int, label: str | None = None, total: int | None = None, /) -> None:
        """Move it on by so many; `total` begins it anew, at `count` of so many."""


def unseen(_count: int, _label: str | None = None, _total: int | None = None) -> None:
    """Draw nothing."""
