"""Staged rows to a pull's tables: merged by id, sorted, counted and named by their content."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from curate.engines.duckdb import DuckDBEngine
from curate.pull.event_ids import write_event_ids
from curate.views import parquet_rows, parquet_source, pulled_rows
from curate.workspace import Workspace
from schemas.arrow import table_schema

STAGED = ("prompts", "candidates", "events", "dropped")
COUNTED = ("prompts", "candidates", "events", "ratings", "rankings", "failures", "media")
NEW = ("prompts", "candidates", "events")
SLUG_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Tables:
    """What a pull holds, merged; `digest` is over all of it but the time.

    `examples` has the first that left by each reason, `repeats` counts records whose prompt another
    record had.
    """

    digest: str
    counts: Mapping[str, int]
    new: Mapping[str, int]
    dropped: Mapping[str, int]
    examples: Mapping[str, str]
    repeats: int


def merge(engine: DuckDBEngine, workspace: Workspace, staged: Path) -> Tables:
    """The rows staged below a folder, merged inside the engine, counted and named."""
    for name in STAGED:
        engine.define(f"staged_{name}", parquet_rows([staged / f"{name}.parquet"], name).text)
    for name in STAGED:
        engine.run(f"pull/{name}")
    define_known(engine, workspace, staged)
    return Tables(
        digest=_digest(engine),
        counts=dict(zip(COUNTED, engine.rows("pull/counts")[0], strict=True)),
        new=dict(zip(NEW, engine.rows("pull/new")[0], strict=True)),
        dropped=dict(engine.rows("pull/drop_counts")),
        examples=dict(engine.rows("pull/drop_examples")),
        repeats=engine.rows("pull/repeats")[0][0],
    )


def define_known(engine: DuckDBEngine, workspace: Workspace, scratch: Path) -> None:
    """Views of what the workspace has: raw_prompts, raw_candidates, raw_events (ids only)."""
    for name in ("prompts", "candidates"):
        engine.define(f"raw_{name}", pulled_rows(workspace, name).text)
    write_event_ids(workspace.journals(), scratch / "known_events.parquet")
    known = parquet_source([scratch / "known_events.parquet"])
    engine.define("raw_events", f"select * from {known}")


def write_tables(engine: DuckDBEngine, folder: Path) -> None:
    """The final tables as Parquet and the journal's lines, each in its order."""
    for name in ("prompts", "candidates", "dropped"):
        engine.write(f"pull/sorted_{name}", folder / f"{name}.parquet", table_schema(name))


def write_journal(engine: DuckDBEngine, path: Path) -> None:
    """The events as journal lines, by event_id."""
    with path.open("wb") as file:
        for batch in engine.batches("pull/sorted_events"):
            for line in batch.column("line").to_pylist():
                file.write(line.encode("utf-8"))


def pull_id_of(source: str, digest: str) -> str:
    """`<slug of the source's name>-<12 hex of its digest>`: the folder's name."""
    return f"{slug_of(source)}-{digest[:12]}"


def slug_of(name: str) -> str:
    """The name in lower ASCII letters, digits and dashes."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:SLUG_LENGTH].strip("-")
    return slug or "source"


def _digest(engine: DuckDBEngine) -> str:
    digest = hashlib.sha256()
    for batch in engine.batches("pull/digests"):
        for row in batch.column("digest").to_pylist():
            digest.update(row.encode("ascii") + b"\n")
    return digest.hexdigest()
