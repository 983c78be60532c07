"""Which votes can be reviewed, and which of them are drawn: a share of every rater's, by a seed."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from annotate.label_studio import names
from annotate.label_studio.review_task import Reviewable
from curate.engines.duckdb import DuckDBEngine
from curate.labelling.pull_ledger import Ledger
from curate.labelling.pull_state import FOLDER, LEDGER, ledger_of, pull_lock
from curate.workspace import Workspace

VOTES = pa.schema(
    [
        ("event_id", pa.string()),
        ("rater", pa.string()),
        ("task", pa.int64()),
        ("vote_id", pa.string()),
        ("version", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Quota:
    """One rater's live votes, how many of them are drawn, and how many are missing to the share."""

    rater: str
    votes: int
    drawn: int
    missing: int


@dataclass(frozen=True, slots=True)
class Draw:
    """The votes that are drawn anew, and everybody's quota before."""

    quotas: tuple[Quota, ...]
    votes: tuple[Reviewable, ...]


def purpose_of(client: Any, project: int) -> str | None:
    """What a project is for, by its first task; null where it has none of ours."""
    tasks = client.tasks.list(
        project=project,
        page_size=1,
        fields="task_only",
        include="id,data",
        resolve_uri=False,
    )
    first = next(iter(tasks), None)
    about = (first.data or {}).get(names.ABOUT) if first else None
    return str(about.get("purpose", "work")) if isinstance(about, Mapping) else None


@contextmanager
def pulled(workspace: Workspace) -> Iterator[Ledger | None]:
    """What was pulled so far; null, and nothing is made, where nothing was."""
    if not (workspace.root / FOLDER / LEDGER).exists():
        yield None
        return
    with pull_lock(workspace), ledger_of(workspace) as ledger:
        yield ledger


def live_votes(ledger: Ledger, projects: Iterable[str]) -> list[dict[str, Any]]:
    """The votes of these projects that were pulled and stand."""
    return [
        {name: getattr(entry, name) for name in VOTES.names}
        for project in projects
        for entry in ledger.of_tasks(project, -1, None)
        if entry.live and entry.event_id and entry.rater
    ]


def draw(votes: list[dict[str, Any]], before: Iterable[str], share: float, seed: int) -> Draw:
    """What is missing to `share` of every rater's votes; `before` are the votes drawn already."""
    values = {"share": Decimal(str(share)), "seed": str(seed)}
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), values)
        try:
            engine.put("pulled_votes", pa.Table.from_pylist(votes, schema=VOTES))
            drawn = pa.array(sorted(set(before)), pa.string())
            engine.put("drawn", pa.table([drawn], ["event_id"]))
            engine.run("label/review_quotas")
            quotas = engine.rows("label/review_counts")
            found = engine.rows("label/review_draw")
        finally:
            engine.close()
    return Draw(tuple(Quota(*row) for row in quotas), tuple(Reviewable(*row) for row in found))
