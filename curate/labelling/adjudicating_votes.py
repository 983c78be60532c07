"""On which prompts people disagree, as tables of an engine: votes as a build takes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotate.label_studio import names
from curate import parameters
from curate.compared import ONLY_EXACT_COPIES, compare, votes_of
from curate.engines.duckdb import DuckDBEngine
from curate.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Disputes:
    """Prompts that people can be compared on, those in dispute, and of these what no page holds."""

    compared: int
    disputed: int
    left_out: int


@contextmanager
def disputed_prompts(
    workspace: Workspace, threshold: float, limit: int | None
) -> Iterator[DuckDBEngine]:
    """An engine with `wanted`: prompts on which people agree less than `threshold`.

    Raises JournalError that names a bad line, WorkspaceError for a file that cannot be read.
    """
    settings = workspace.settings
    values = {
        **parameters.values(settings),
        **ONLY_EXACT_COPIES,
        "threshold": threshold,
        "with_conflicts": settings.pairs.on_conflict == "adjudicate",
        "fewest_answers": names.FEWEST,
        "most_answers": names.MOST,
        "limit": limit,
    }
    with votes_of(workspace, values, _lay_out) as engine:
        yield engine


def _lay_out(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    compare(engine, workspace, scratch)
    engine.run("label/disagree")
    engine.run("label/adjudicate_wanted", "wanted")


def disputes(engine: DuckDBEngine) -> Disputes:
    """The counts of what `disputed_prompts` found."""
    return Disputes(*engine.rows("label/adjudicate_counts")[0])
