"""What people are to rate and were not asked yet, as tables of an engine."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from annotate.label_studio import names
from curate.engines.duckdb import DuckDBEngine
from curate.sandbox import unreadable
from curate.views import parquet_source, pulled_rows
from curate.workspace import Workspace
from schemas.candidate import Candidate, Prompt

ROWS = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A prompt, its answers, and how many people are to rate them."""

    prompt: Prompt
    candidates: list[Candidate]
    raters: int


@contextmanager
def wanted_tables(workspace: Workspace, limit: int | None) -> Iterator[DuckDBEngine]:
    """An engine with `wanted`: the prompts routed to people. Texts are not read yet.

    Raises WorkspaceError where a file cannot be read.
    """
    values = {"fewest_answers": names.FEWEST, "most_answers": names.MOST, "limit": limit}
    with TemporaryDirectory(prefix="curate-") as scratch:
        engine = DuckDBEngine(Path(scratch), values)
        try:
            for name in ("prompts", "candidates"):
                engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
            engine.define("routes", f"select * from {parquet_source([workspace.routes])}")
            engine.run("label/wanted")
            yield engine
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise unreadable("of the workspace", error) from error
        finally:
            engine.close()


def left_out(engine: DuckDBEngine) -> dict[str, int]:
    """How many routed prompts no page has room for, by reason."""
    return dict(engine.rows("label/left_out"))


def take_off(engine: DuckDBEngine, asked: Iterable[tuple[str, str]]) -> int:
    """Fill `fresh` with what is not among `asked`, prompts with their answers; its count."""
    rows = list(asked)
    columns = [pa.array((row[place] for row in rows), pa.string()) for place in (0, 1)]
    engine.put("asked", pa.table(columns, ["prompt_id", "answer_set"]))
    engine.run("label/fresh")
    return engine.count("fresh")


def fresh(engine: DuckDBEngine) -> Iterator[Wanted]:
    """What is in `fresh`, by the prompts' ids; one batch is in memory at a time."""
    for batch in engine.batches("label/fresh_tasks", ROWS):
        for row in batch.to_pylist():
            raters, answers = row.pop("raters"), row.pop("candidates")
            yield Wanted(
                Prompt.model_validate(row), [Candidate.model_validate(it) for it in answers], raters
            )
