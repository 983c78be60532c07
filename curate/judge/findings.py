"""What judgements say of the judge: its versions, its leaning to slots, where it is unstable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from curate.engines.duckdb import DuckDBEngine
from curate.judge.members import Member
from curate.settings import Settings
from curate.views import event_rows
from curate.workspace import Workspace
from schemas.arrow import table_schema
from schemas.intervals import Interval, wilson

SCORE_COLUMNS = (
    "event_id",
    "supersedes",
    "deleted",
    "prompt_id",
    "rater",
    "rubric_hash",
    "sample",
    "order_no",
    "failure",
)

ENOUGH_PAIRS = 20
"""Pairs seen in several orders, below which a judge is not warned of."""


@dataclass(frozen=True, slots=True)
class Unstable:
    """Pairs of answers by one judge: `compared` were shown in more than one order.

    Of these, orders gave `opposite` signs, or lie further apart than [pairs] unstable_above says
    (`spread`). They are `worth` so many prompts of one pair each.
    """

    pairs: int
    compared: int
    opposite: int
    spread: int
    worth: float

    @property
    def share(self) -> float | None:
        """Unstable ones of those compared; null where none was."""
        return (self.opposite + self.spread) / self.compared if self.compared else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the share."""
        return None if self.share is None else wilson(self.share, self.worth)


@dataclass(frozen=True, slots=True)
class Findings:
    """By judge: judgements by version, and where it was looked for, unstable pairs and slots.

    `slot_effect` is in weighted points of the rubric, by slot from 0.
    """

    versions: dict[str, dict[str, int]] = field(default_factory=dict)
    unstable: dict[str, Unstable] | None = None
    slot_effect: dict[str, dict[int, float]] | None = None


def findings(
    engine: DuckDBEngine, workspace: Workspace, members: Sequence[Member], *, leaning: bool
) -> Findings:
    """What is found over all judgements by these judges and this wording.

    `leaning` also looks for slots and unstable pairs, which reads every score there is.
    """
    lay_out_raters(engine, workspace.settings, members)
    versions: dict[str, dict[str, int]] = {}
    for rater, version, count in engine.rows("judge/versions"):
        versions.setdefault(rater, {})[version] = count
    if not leaning:
        return Findings(versions)
    lay_out_readings(engine, workspace, members)
    unstable = {row[0]: Unstable(*row[1:]) for row in engine.rows("judge/unstable")}
    slots: dict[str, dict[int, float]] = {}
    for rater, slot, effect, _ in engine.rows("judge/slot_effect"):
        slots.setdefault(rater, {})[slot] = effect
    return Findings(versions, unstable, slots)


def unstable_warnings(found: Findings, limit: float | None) -> Iterator[str]:
    """A warning for each judge that is unstable on more pairs than [limits] swap_flips allows."""
    for rater, one in (found.unstable or {}).items():
        if limit is None or one.compared < ENOUGH_PAIRS:
            continue
        if one.share is not None and one.interval is not None and one.interval[0] > limit:
            low, high = one.interval
            yield (
                f"{rater} is unstable on {one.share:.1%} [{low:.1%}, {high:.1%}] of "
                f"{one.compared:,} pairs, beyond [limits] swap_flips = {limit:g}: what it prefers "
                "changes with the order of the answers, as a coin's would on half of the pairs, "
                "and it gives no vote on these; look at its model and the rubric before you spend "
                "more"
            )


def lay_out_raters(engine: DuckDBEngine, settings: Settings, members: Sequence[Member]) -> None:
    """The judges as a table, and the values that the statements of this file ask for."""
    names = pa.array([member.rater_id for member in members], pa.string())
    engine.put("judge_raters", pa.table({"rater": names}))
    engine.values |= _values(settings)


def lay_out_readings(engine: DuckDBEngine, workspace: Workspace, members: Sequence[Member]) -> None:
    """Tables of all judgements of these judges: answers' `readings` and their `differences`."""
    lay_out_raters(engine, workspace.settings, members)
    rows = event_rows(workspace.journals(), engine.folder, score_schema())
    engine.define("score_lines", rows.text)
    engine.run("judge/readings")
    engine.run("judge/differences")


def score_schema() -> pa.Schema:
    """Of an event what its scores are read with: reasons and usage are most of its bytes."""
    whole = table_schema("events")
    answer = whole.field("answers").type.value_type
    scores = pa.struct([answer.field(name) for name in ("candidate_id", "position", "scores")])
    return pa.schema(
        [
            *(whole.field(name) for name in SCORE_COLUMNS),
            pa.field("answers", pa.list_(scores)),
        ]
    )


def _values(settings: Settings) -> dict[str, Any]:
    weighted = {name: float(weight) for name, weight in settings.weights.items() if weight > 0}
    return {
        "rubric_hash": settings.rubric.rubric_hash,
        "metrics": list(weighted),
        "weights": list(weighted.values()),
        "unstable_above": settings.pairs.unstable_above,
        "span": settings.widest_difference,
    }
