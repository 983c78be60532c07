"""What experts decided, carried out: a returned vote is taken back and its task opens again."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotate.label_studio.review_return import Outcome, ReviewTask, mark, take_back
from curate.sqlfiles import statement
from curate.views import open_views
from curate.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Decision:
    """An expert's last word on a vote. `is_live` is whether the vote still stands as judged."""

    vote: str
    event_id: str
    is_returned: bool
    note: str
    is_live: bool


@dataclass(slots=True)
class Settled:
    """What became of the reviews.

    `now` counts those decided since the last time, `all` those of any time; `void` is a word on a
    vote that was edited or deleted since it was drawn. `open` wait for an expert, `waiting` for a
    run that is no dry one. `stranded` are returned votes whose review task is gone.
    """

    now: Counter[Outcome] = field(default_factory=Counter)
    all: Counter[Outcome] = field(default_factory=Counter)
    open: int = 0
    waiting: int = 0
    stranded: int = 0


def decisions(workspace: Workspace) -> dict[str, Decision]:
    """The experts' words that were pulled, by vote."""
    with open_views(workspace) as connection:
        rows = connection.execute(statement("label/review_decisions")).fetchall()
    return {row[0]: Decision(*row) for row in rows}


def settle(
    client: Any,
    tasks: Iterable[ReviewTask],
    said: Mapping[str, Decision],
    *,
    dry_run: bool = False,
) -> Settled:
    """Carry out what was decided and not carried out yet."""
    found, seen = Settled(), set()
    for task in tasks:
        seen.add(task.about.reviews)
        decision = said.get(task.about.reviews)
        if decision is None:
            found.open += 1
        elif task.about.decided == decision.event_id and task.about.outcome:
            found.all[task.about.outcome] += 1
        elif dry_run:
            found.waiting += 1
        else:
            outcome = _carry_out(client, task, decision)
            found.now[outcome] += 1
            found.all[outcome] += 1
    found.stranded = sum(
        it.is_returned and it.is_live and it.vote not in seen for it in said.values()
    )
    return found


def _carry_out(client: Any, task: ReviewTask, decision: Decision) -> Outcome:
    """Do it, then record it: a run that is killed in between does it again to the same end."""
    outcome: Outcome
    if decision.is_returned:
        outcome = take_back(client, task.about.vote, decision.event_id, decision.note)
    else:
        outcome = "accepted" if decision.is_live else "void"
    mark(client, task, decision.event_id, outcome)
    return outcome
