"""What a pull says of itself, for people, programs and notebooks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a source holds, merged by id, and what of it the workspace did not have yet.

    `dropped` counts rows of every level by reason, `examples` has what is said of the first of
    each. `unread` are columns that the map has no field for. `existed` says that this very pull
    was there already and nothing was written; `pull_id` is null for a dry run, whose `first` shows
    records. `notes` say what else was done, e.g. which settings came with a push.
    """

    pull_id: str | None
    source: str
    format: str
    map: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    unread: Sequence[str] = ()
    existed: bool = False
    first: Sequence[Mapping[str, Any]] = ()
    warnings: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def prompts(self) -> int:
        """Distinct prompts."""
        return self.counts.get("prompts", 0)

    @property
    def candidates(self) -> int:
        """Distinct candidates."""
        return self.counts.get("candidates", 0)

    @property
    def ratings(self) -> int:
        """Scores: event x candidate x metric."""
        return self.counts.get("ratings", 0)

    @property
    def rankings(self) -> int:
        """Events with an order of answers."""
        return self.counts.get("rankings", 0)

    @property
    def media(self) -> int:
        """Distinct media that were read."""
        return self.counts.get("media", 0)

    def payload(self) -> dict[str, Any]:
        """The keys of DESIGN 6 for `pull`."""
        shown: dict[str, Any] = {
            "pull_id": self.pull_id,
            "source": self.source,
            "format": self.format,
            "map": dict(self.map),
            "prompts": self.prompts,
            "candidates": self.candidates,
            "ratings": self.ratings,
            "rankings": self.rankings,
            "failures": self.counts.get("failures", 0),
            "media": self.media,
            "new": {name: self.new.get(name, 0) for name in ("prompts", "candidates", "events")},
            "dropped": dict(self.dropped),
            "examples": dict(self.examples),
            "unread": list(self.unread),
            "existed": self.existed,
            "warnings": list(self.warnings),
            "notes": list(self.notes),
        }
        return {**shown, "first": list(self.first)} if self.pull_id is None else shown
