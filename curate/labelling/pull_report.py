"""What a pull of people's votes did, counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.event import Event

WAITING = "unknown_prompt"
"""An annotation about a prompt that the workspace lacks: it is read again once it is there."""


@dataclass(slots=True)
class PullReport:
    """Counts of one pull, or of all rounds of a watch.

    `faults` counts what could not be read, `first` names an annotation for each. `other_rubrics`
    counts votes on other metrics or scales, which a build leaves apart; `wordings` those on other
    words for the same. `projects_gone` are projects that were deleted, whose votes stay.
    """

    events_new: int = 0
    ratings: int = 0
    rankings: int = 0
    skipped: int = 0
    edited: int = 0
    deleted: int = 0
    written: int = 0
    projects: int = 0
    projects_gone: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    other_rubrics: Counter[str] = field(default_factory=Counter)
    wordings: Counter[str] = field(default_factory=Counter)

    def count(self, event: Event, rubric_id: str, rubric_hash: str) -> None:
        """One more event that is in the journal."""
        self.events_new += 1
        if event.deleted:
            self.deleted += 1
            return
        self.edited += event.supersedes is not None
        self.ratings += sum(len(answer.scores) for answer in event.answers)
        self.rankings += event.tiers is not None
        if event.rubric_id != rubric_id:
            self.other_rubrics[str(event.rubric_id)] += 1
        elif event.rubric_hash != rubric_hash:
            self.wordings[str(event.rubric_hash)] += 1

    def fault(self, name: str, annotation: Mapping[str, Any]) -> None:
        """One more annotation with this fault."""
        self.faults[name] += 1
        number = annotation.get("id")
        if isinstance(number, int):
            self.first.setdefault(name, number)

    def wait(self, count: int, first: int | None) -> None:
        """Annotations of one more project that wait for their prompts, the first one's number."""
        if count:
            self.faults[WAITING] += count
            self.first.setdefault(WAITING, first or 0)

    def add(self, later: "PullReport") -> None:
        """Take a later round in: what is new adds up, what is there is as the round found it."""
        for name in ("events_new", "ratings", "rankings", "skipped", "edited", "deleted"):
            setattr(self, name, getattr(self, name) + getattr(later, name))
        self.written += later.written
        self.projects, self.projects_gone = later.projects, later.projects_gone
        del self.faults[WAITING]
        self.faults += later.faults
        self.first = {**later.first, **self.first}
        self.other_rubrics += later.other_rubrics
        self.wordings += later.wordings

    def payload(self) -> dict[str, Any]:
        """The keys of DESIGN 6 for `label pull`."""
        return {
            "events_new": self.events_new,
            "ratings": self.ratings,
            "rankings": self.rankings,
            "skipped": self.skipped,
            "edited": self.edited,
            "deleted": self.deleted,
            "written": self.written,
            "faults": dict(sorted(self.faults.items())),
            "first": dict(sorted(self.first.items())),
            "other_rubrics": dict(sorted(self.other_rubrics.items())),
            "wordings": dict(sorted(self.wordings.items())),
            "projects": self.projects,
            "projects_gone": self.projects_gone,
        }
