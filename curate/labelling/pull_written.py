"""What annotators wrote, into the workspace: a small pull of answers to prompts of other pulls."""

from collections.abc import Sequence
from datetime import datetime

from annotate.label_studio.pull import SOURCE
from curate.engines.duckdb import DuckDBEngine
from curate.ingest.answers import REFUSAL
from curate.ingest.records import Ingested
from curate.ingest.refusal import is_refusal
from curate.locks import held
from curate.pull.commit import commit, manifest_of, staging_folder
from curate.pull.staging import Staging
from curate.pull.tables import merge, pull_id_of, write_journal, write_tables
from curate.version import __version__
from curate.workspace import Workspace
from schemas.candidate import Candidate
from schemas.manifest import PullManifest


def pull_written(workspace: Workspace, written: Sequence[Candidate], now: datetime) -> None:
    """Put written answers into a pull of their own, which comes before the events that rank them.

    The same answers again are the same pull. Raises WorkspaceError where another pull is running.
    """
    if not written:
        return
    with held(workspace.pulls / ".lock", "a pull"), staging_folder(workspace) as staging:
        with Staging(staging) as tables:
            tables.add(Ingested(candidates=[_flagged(it) for it in written]))
        engine = DuckDBEngine(staging, {})
        try:
            merged = merge(engine, workspace, staging)
            pull_id = pull_id_of(SOURCE, merged.digest)
            if manifest_of(workspace, pull_id) is not None:
                return
            folder, journal = staging / "pull", staging / "journal.jsonl"
            folder.mkdir()
            write_tables(engine, folder)
            write_journal(engine, journal)
            manifest = PullManifest(
                pull_id=pull_id,
                source=SOURCE,
                revision=None,
                licence=None,
                format=SOURCE,
                map={},
                counts={**merged.counts, "records": len(written), "responses": len(written)},
                dropped=dict(merged.dropped),
                digest=merged.digest,
                version=__version__,
                at=now,
            )
            commit(workspace, folder, journal, manifest)
        finally:
            engine.close()


def _flagged(candidate: Candidate) -> Candidate:
    """The candidate, marked where it opens as a refusal, as every answer is."""
    if not is_refusal(candidate.response):
        return candidate
    return candidate.model_copy(update={"attributes": {REFUSAL: "true"}})
