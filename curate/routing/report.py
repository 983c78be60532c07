"""What a routing amounts to: counts, dollars, hours, and what it has to warn of."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from annotate.overlap import WHOLE
from curate.engines.duckdb import DuckDBEngine
from curate.routing.costs import JudgeCost
from curate.routing.hours import LeadTime
from curate.selection import SelectionCount, selection_count
from schemas.counted import counted

TARGETS = ("human", "judge", "both", "none")


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many prompts a rule sends somewhere; `votes` are those wanted of people."""

    rule: str
    to: str
    prompts: int
    votes: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers of prompts: those drawn, those that could be, and those that a warning is about.

    `taken_back`: people voted on it and are no longer asked. `late`: it has answers that came after
    people were shown the others. `changed`: people voted, and its answers are others now.
    """

    overlap: int
    comparable: int
    taken_back: int
    late: int
    changed: int


@dataclass(frozen=True, slots=True)
class RoutingReport:
    """A routing; `path` is null where nothing was written, `cost` where nobody asked for it.

    `selection` is null where prompts were not selected, so that all may be rated.
    """

    path: Path | None
    rules: tuple[RuleCount, ...]
    totals: Totals
    probability: Decimal
    lead: LeadTime
    cost: JudgeCost | None
    picked: int
    wished: int
    selection: SelectionCount | None = None

    @property
    def prompts(self) -> int:
        """How many prompts there are."""
        return sum(rule.prompts for rule in self.rules)

    @property
    def votes(self) -> int:
        """How many votes are wanted of people."""
        return sum(rule.votes for rule in self.rules)

    def to(self, target: str) -> int:
        """How many prompts go there."""
        return sum(rule.prompts for rule in self.rules if rule.to == target)

    def warnings(self) -> Iterator[str]:
        """What should be known before anybody is asked."""
        totals = self.totals
        if totals.taken_back:
            yield counted(
                totals.taken_back,
                "prompt that people voted on is no longer sent to people; their votes stay",
                "prompts that people voted on are no longer sent to people; their votes stay",
            )
        if totals.changed:
            prompts = counted(totals.changed, "prompt")
            yield f"people voted on {prompts} whose answers are others now"
        if totals.late:
            yield (
                f"{counted(totals.late, 'prompt has', 'prompts have')} answers that came "
                "after people were asked; --refresh takes them in"
            )
        if self.picked < self.wished:
            yield (
                f"--next {self.wished}: only {counted(self.picked, 'prompt is', 'prompts are')} "
                "the judge's alone, judged, and without a vote"
            )
        yield from self.cost.warnings if self.cost else ()

    def payload(self) -> dict[str, Any]:
        """The keys of DESIGN 6 for `route`, and more."""
        cost = self.cost
        return {
            "path": str(self.path) if self.path else None,
            "prompts": self.prompts,
            "selected": self.selection.selected if self.selection else None,
            **{target: self.to(target) for target in TARGETS},
            "overlap": self.totals.overlap,
            "overlap_probability": self.probability,
            "next": self.picked,
            "rules": [
                {"rule": rule.rule, "to": rule.to, "prompts": rule.prompts, "votes": rule.votes}
                for rule in self.rules
            ],
            "votes": self.votes,
            "human_hours": self.lead.hours(self.votes),
            "minutes_per_vote": self.lead.minutes,
            "votes_timed": self.lead.n_timed,
            "expected_usd": cost.expected_usd if cost else None,
            "worst_usd": cost.worst_usd if cost else None,
            "warnings": list(self.warnings()),
        }


def report_of(
    engine: DuckDBEngine,
    *,
    reach: int,
    lead: LeadTime,
    cost: JudgeCost | None,
    picked: int,
    wished: int,
) -> RoutingReport:
    """The report of the table `decisions`, before it is written."""
    return RoutingReport(
        path=None,
        rules=tuple(RuleCount(*row) for row in engine.rows("route/counts")),
        totals=Totals(*engine.rows("route/totals")[0]),
        probability=Decimal(reach) / WHOLE,
        lead=lead,
        cost=cost,
        picked=picked,
        wished=wished,
        selection=selection_count(engine),
    )
