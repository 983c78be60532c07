"""The sampling stage: what is missing is planned, asked for, journaled, and pulled.

Journal first: an answer is on the disk before it is counted, and becomes a candidate with the pull
at the end. A run that was killed is pulled by the next one, which asks for the rest only.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curate.engines.duckdb import DuckDBEngine
from curate.locks import held
from curate.media.decoding import quiet_decoding
from curate.media.sent import Pictures
from curate.media.store import MediaStore
from curate.media.video import require_reader
from curate.sampling.asking import Advance, Desk, Outside, ask
from curate.sampling.chosen import Selection, chosen
from curate.sampling.journals import known, new_journal
from curate.sampling.plan import Plan, plan_of
from curate.sampling.preview import previews
from curate.sampling.pulled import pull_generations
from curate.sampling.report import SampleReport
from curate.sampling.settings import Sampling
from curate.sampling.tally import Tally
from curate.sampling.targets import Target
from curate.selection import selection_count
from curate.workspace import Workspace

Progress = Callable[[int], AbstractContextManager[Advance]]
"""A bar for so many generations."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asks for: of which models, by which settings, for which prompts."""

    targets: Sequence[Target]
    sampling: Sampling
    selection: Selection
    licence: str | None = None


def sample(
    workspace: Workspace, order: Order, outside: Outside, *, progress: Progress
) -> SampleReport:
    """Draw what is missing and pull all that is journaled.

    Where a server cannot go on, `stopped` of the report says why; what came is pulled all the same.
    Raises WorkspaceError where another run or pull is going on, ConfigError for a predicate that
    does not hold, MissingExtraError where a video has to be read without the extra.
    """
    with held(workspace.samples / ".lock", "curate sample"):
        with _planned(workspace, order) as (engine, plan):
            selection = selection_count(engine)
            tallies = _asked(workspace, order, outside, engine, plan, progress)
        pull = pull_generations(workspace, licence=order.licence, now=outside.now())
    return SampleReport(plan, tallies, pull, _warnings(order, plan), selection)


def dry_run(
    workspace: Workspace, order: Order, outside: Outside, preview: int
) -> tuple[SampleReport, list[dict[str, Any]]]:
    """What there is to do, and the requests of the first few prompts. Writes and sends nothing."""
    with _planned(workspace, order) as (engine, plan):
        desk = Desk(engine, order.sampling, _pictures(workspace, order), outside, _nothing)
        selection = selection_count(engine)
        with quiet_decoding():
            bodies = previews(desk, plan, preview)
    return SampleReport(plan, warnings=_warnings(order, plan), selection=selection), bodies


@contextmanager
def _planned(workspace: Workspace, order: Order) -> Iterator[tuple[DuckDBEngine, Plan]]:
    with chosen(workspace, order.selection) as engine:
        store = MediaStore(workspace.media)
        plan = plan_of(engine, store, order.targets, order.sampling, known(workspace))
        if plan.video:
            require_reader()
        yield engine, plan


def _asked(
    workspace: Workspace,
    order: Order,
    outside: Outside,
    engine: DuckDBEngine,
    plan: Plan,
    progress: Progress,
) -> tuple[Tally, ...]:
    """What came of the models, into a journal that is there only where it holds something."""
    if not plan.left:
        return tuple(map(Tally, plan.work))
    journal = new_journal(workspace, outside.now())
    try:
        with progress(plan.left) as advance, quiet_decoding():
            pictures = _pictures(workspace, order)
            return ask(Desk(engine, order.sampling, pictures, outside, advance), plan, journal)
    finally:
        _drop_empty(journal)


def _pictures(workspace: Workspace, order: Order) -> Pictures:
    return Pictures(workspace.root, order.sampling.max_side, order.sampling.frames)


def _drop_empty(journal: Path) -> None:
    if journal.exists() and not journal.stat().st_size:
        journal.unlink()


def _warnings(order: Order, plan: Plan) -> list[str]:
    found = []
    if order.sampling.n > 1 and order.sampling.temperature == 0:
        found.append(f"temperature 0 gives the same answer {order.sampling.n} times")
    if plan.skipped:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(plan.skipped.items()))
        found.append(f"prompts that cannot be sent were left out: {reasons}")
    if not plan.prompts and order.selection.only_missing:
        found.append("no prompt without an answer; --all takes the others too")
    return found


def _nothing(_count: int) -> None:
    """Advance no bar."""
