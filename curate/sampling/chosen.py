"""The prompts a run is about, as the table `chosen` of an engine on disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from curate.engines.duckdb import DuckDBEngine
from curate.predicates import Predicate, rows_for
from curate.sampling.targets import SAMPLED
from curate.sandbox import sandbox, unreadable
from curate.selection import define_selection
from curate.sqlfiles import statement
from curate.views import pulled_rows
from curate.workspace import Workspace

SEEN = ("views/prompts", "views/candidates", "filter/prompt_rows")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which prompts: those for which the predicate holds, unanswered ones only, at most so many."""

    where: str | None = None
    only_missing: bool = True
    limit: int | None = None


@contextmanager
def chosen(workspace: Workspace, selection: Selection) -> Iterator[DuckDBEngine]:
    """An engine whose table `chosen` has the prompts, while the block runs.

    Raises ConfigError for a predicate that does not hold, WorkspaceError for a damaged table.
    """
    values = {
        "sampled": SAMPLED,
        "only_missing": selection.only_missing,
        "most": selection.limit,
    }
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), values)
        try:
            _choose(engine, workspace, selection.where)
            yield engine
        finally:
            engine.close()


def _choose(engine: DuckDBEngine, workspace: Workspace, where: str | None) -> None:
    try:
        for name in ("prompts", "candidates"):
            engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
        define_selection(engine, workspace)
        engine.view("views/prompts")
        if where is None:
            engine.view("sample/wanted")
        else:
            engine.put("wanted", matching(workspace, where))
        engine.run("sample/chosen")
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise unreadable("prompts or candidates", error) from error


def matching(workspace: Workspace, where: str) -> pa.Table:
    """The prompts for which a predicate holds. Shape: (prompts, 1), the column prompt_id.

    The predicate runs where it can only read. Its columns are those of a prompt filter. Raises
    ConfigError.
    """
    base = {f"raw_{name}": pulled_rows(workspace, name) for name in ("prompts", "candidates")}
    views = {name: rows.text for name, rows in base.items()}
    views |= {name.partition("/")[2]: statement(name) for name in SEEN}
    predicate = Predicate("prompt_rows", "prompt_id", where, f"--where {where!r}", "of a prompt")
    with sandbox(views, [file for rows in base.values() for file in rows.files]) as connection:
        return rows_for(connection, predicate)
