"""What pulls remember of one annotation."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """An annotation as it was pulled last; `number` is its id on the server.

    `event_id` is its latest event, a tombstone where `live` is false; null where it never was a
    vote. `here` is false once it is gone from the server. `waits` is the prompt without which it
    could not be taken in as it stands.
    """

    vote_id: str
    project: str
    task: int
    number: int
    version: str
    event_id: str | None = None
    prompt_id: str | None = None
    rater: str | None = None
    live: bool = False
    here: bool = True
    waits: str | None = None

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> "Entry":
        """An entry out of the ledger's columns, which are the fields in order."""
        found = cls(*row)
        return replace(found, live=bool(found.live), here=bool(found.here))

    def columns(self) -> dict[str, Any]:
        """The values of the ledger's columns."""
        return asdict(self)

    def waiting(self, prompt_id: str) -> "Entry":
        """The entry of an annotation that cannot be taken in before the prompt is there."""
        return replace(self, waits=prompt_id)
