"""What annotators did so far, in numbers: votes, pace, agreement, gold and reviews.

Of the journals only what these figures need is read, once, into an engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from curate.bad_journal import name_bad_line
from curate.engines.duckdb import DuckDBEngine
from curate.parameters import weight_units
from curate.routing.facts import narrow_events
from curate.sandbox import unreadable
from curate.settings import Settings
from curate.views import event_rows, pulled_rows
from curate.workspace import Workspace

ANNOTATORS = "h-[0-9a-f]{12}"
"""Raters that are people at our page; those whom a source brings have other names."""

GREATEST_SCORE = 1_000_000
"""No scale is longer, and products of such scores and weights are whole numbers that fit."""

QUALIFIED_SHARE, QUALIFIED_TASKS = 0.8, 3
"""An annotator is qualified with this share of gold pairs right, on at least so many gold tasks."""

READ = (
    *("event_id", "at", "supersedes", "deleted", "final", "prompt_id", "rater", "rubric_id"),
    *("overall_scale", "answers", "tiers", "confirmed", "flags", "failure", "usage", "reviews"),
)
READ_WITHIN = {
    "answers": ("candidate_id", "scores"),
    "failure": ("reason",),
    "usage": ("seconds",),
}
STEPS = (
    *("gold_prompts", "status_events", "status_ranks", "status_scores", "status_votes"),
    *("status_agreement", "status_gold", "status_reviews"),
)


@dataclass(frozen=True, slots=True)
class RaterStatus:
    """One annotator so far.

    `seconds` is the median of a vote, `last_vote` UTC. `agreement` is over `compared` comparisons
    of a pair of answers with another annotator. `gold_right` of `gold_pairs` pairs are as the gold
    order has them, a tie half. What cannot be said yet is null.
    """

    rater: str
    votes: int = 0
    seconds: float | None = None
    last_vote: str | None = None
    compared: int = 0
    agreement: float | None = None
    gold_tasks: int = 0
    gold_pairs: int = 0
    gold_right: float = 0.0
    accepted: int = 0
    returned: int = 0

    @property
    def gold_share(self) -> float | None:
        """How much of the gold was right; null before any was seen."""
        return self.gold_right / self.gold_pairs if self.gold_pairs else None

    @property
    def qualified(self) -> bool | None:
        """Whether enough gold was right; null before enough was seen."""
        if self.gold_share is None or self.gold_tasks < QUALIFIED_TASKS:
            return None
        return self.gold_share >= QUALIFIED_SHARE


@dataclass(frozen=True, slots=True)
class RaterFigures:
    """All annotators, and over all of them the median seconds of a vote and the agreement."""

    raters: tuple[RaterStatus, ...]
    seconds: float | None
    compared: int
    agreement: float | None


def rater_figures(workspace: Workspace) -> RaterFigures:
    """The figures of all votes that were pulled.

    Raises JournalError or WorkspaceError that names the file that cannot be read.
    """
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), _values(workspace.settings))
        try:
            return _counted(engine, workspace)
        except duckdb.Error as error:
            name_bad_line(workspace)
            raise unreadable("of the workspace", error) from error
        finally:
            engine.close()


def _counted(engine: DuckDBEngine, workspace: Workspace) -> RaterFigures:
    schema = narrow_events(READ, READ_WITHIN)
    engine.define("raw_events", event_rows(workspace.journals(), engine.folder, schema).text)
    engine.define("raw_prompts", pulled_rows(workspace, "prompts").text)
    engine.run("label/status_lines")
    if engine.rows("label/status_bad_lines"):
        name_bad_line(workspace)
    for step in STEPS:
        engine.run(f"label/{step}")
    raters = tuple(RaterStatus(*row) for row in engine.rows("label/status_raters"))
    overall: Sequence[Any] = engine.rows("label/status_overall")[0]
    return RaterFigures(raters, overall[0], overall[1] or 0, overall[2])


def _values(settings: Settings) -> dict[str, Any]:
    weighted = {name: weight for name, weight in settings.weights.items() if weight > 0}
    return {
        "annotators": ANNOTATORS,
        "greatest_score": GREATEST_SCORE,
        "rubric_ids": [settings.rubric.rubric_id, *settings.config.score.accept_rubrics],
        "weighted_metrics": list(weighted),
        "weight_units": [weight_units(name, weight) for name, weight in weighted.items()],
    }
