"""Journaled generations into the workspace: one pull of all that no pull holds yet.

The pull has answers and no prompts: those are another pull's, which goes on speaking for them. Its
`revision` names the runs it holds, so that pull and mark are there together or not at all.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from curate.engines.duckdb import DuckDBEngine
from curate.ingest.answers import REFUSAL, answers_of
from curate.ingest.records import STEP, Ingested
from curate.ingest.text import RecordFaultError, told
from curate.locks import held
from curate.pull.commit import commit, manifest_of, staging_folder
from curate.pull.report import PullReport
from curate.pull.staging import Chunks, Staging
from curate.pull.tables import Tables, merge, pull_id_of, write_journal, write_tables
from curate.sampling.journals import FORMAT, JOINT, pending, read, runs_of
from curate.sampling.line import SampleLine
from curate.sampling.targets import SAMPLED
from curate.sources.record import SourceResponse
from curate.version import __version__
from curate.views import parquet_source
from curate.workspace import Workspace
from schemas.arrow import model_schema
from schemas.manifest import PullManifest
from schemas.pair import DroppedRow

MARKS = {"truncated": {"truncated": "true"}, "refused": {REFUSAL: "true"}}
"""Attributes of an answer by how it ended."""


def pull_generations(
    workspace: Workspace, *, licence: str | None, now: datetime
) -> PullReport | None:
    """The pull of every generation that is journaled and in no pull; None where there is none.

    Raises WorkspaceError where another pull is running; the journals keep what they hold.
    """
    journals = [path for path in pending(workspace) if path.stat().st_size]
    if not journals:
        return None
    with held(workspace.pulls / ".lock", "a pull"), staging_folder(workspace) as staging:
        engine = DuckDBEngine(staging, {})
        try:
            lines = staging / "lines.parquet"
            _write_lines(journals, lines)
            engine.define("sample_lines", f"select * from {parquet_source([lines])}")
            return _pull(engine, workspace, journals, staging, licence, now)
        finally:
            engine.close()


def _pull(
    engine: DuckDBEngine,
    workspace: Workspace,
    journals: Sequence[Path],
    staging: Path,
    licence: str | None,
    now: datetime,
) -> PullReport | None:
    names, count = _stage(engine, staging)
    if not count:
        return None
    tables = merge(engine, workspace, staging)
    source = f"{SAMPLED}{', '.join(sorted(names))}"
    pull_id = pull_id_of(source, tables.digest)
    # A forgotten pull of the same answers is replaced, and its runs are then those of this one.
    runs = runs_of(workspace.pulls / pull_id) | {path.stem for path in journals}
    manifest = PullManifest(
        pull_id=pull_id,
        source=source,
        revision=JOINT.join(sorted(runs)),
        licence=licence,
        format=FORMAT,
        map={},
        counts={**tables.counts, "records": count, "responses": count},
        dropped=dict(tables.dropped),
        digest=tables.digest,
        version=__version__,
        at=now,
    )
    existed = manifest_of(workspace, pull_id) is not None
    if not existed:
        _write(engine, workspace, staging, manifest)
    return _report(manifest, tables, existed=existed)


def _write_lines(journals: Sequence[Path], path: Path) -> None:
    """Write what came as Parquet, which the engine reads without room for the longest line."""
    chunks = Chunks(path, model_schema(SampleLine))
    for journal in journals:
        for line in read(journal):
            if line.failure is None:
                chunks.add(line.model_dump(), len(line.response or ""))
    chunks.close()


def _stage(engine: DuckDBEngine, staging: Path) -> tuple[set[str], int]:
    """Stage every generation; who made them, and how many there are."""
    names: set[str] = set()
    count = 0
    with Staging(staging) as tables:
        for batch in engine.batches("sample/generations"):
            for row in batch.to_pylist():
                tables.add(_given(row))
                names.add(f"{row['model']}@{row['endpoint']}")
                count += 1
    return names, count


def _given(row: Mapping[str, Any]) -> Ingested:
    """One generation as a candidate, or as the row that says why it is none."""
    source = f"{SAMPLED}{row['model']}@{row['endpoint']}"
    settings = json.loads(row["sampling"])
    if row["reported"] not in (None, row["model"]):
        settings["model_version"] = row["reported"]
    response = SourceResponse(
        text=row["response"],
        model=row["model"],
        sampling=settings,
        attributes=MARKS.get(row["finish"], {}),
    )
    answers = answers_of([response], row["prompt_id"], source)
    return Ingested(
        candidates=tuple(answers.candidates.values()),
        dropped=[_dropped(row, source, fault) for fault in answers.faults.values()],
    )


def _dropped(row: Mapping[str, Any], source: str, fault: RecordFaultError) -> DroppedRow:
    """The row of a generation that is no answer; its id is its name in the journal."""
    return DroppedRow(
        level="candidate",
        id=row["request_hash"],
        source=source,
        line=None,
        step=STEP,
        reason=fault.reason,
        detail=told(f"{fault.detail} (finish {row['finish']})"),
        other_id=row["prompt_id"],
        score=None,
    )


def _write(
    engine: DuckDBEngine, workspace: Workspace, staging: Path, manifest: PullManifest
) -> None:
    folder, journal = staging / "pull", staging / "journal.jsonl"
    folder.mkdir()
    write_tables(engine, folder)
    write_journal(engine, journal)
    commit(workspace, folder, journal, manifest)


def _report(manifest: PullManifest, tables: Tables, *, existed: bool) -> PullReport:
    return PullReport(
        pull_id=manifest.pull_id,
        source=manifest.source,
        format=manifest.format,
        counts=manifest.counts,
        new=tables.new,
        dropped=manifest.dropped,
        existed=existed,
    )
