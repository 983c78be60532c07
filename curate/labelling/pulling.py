"""`curate label pull` below the command line: people's votes into the journal, once each."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from annotate.label_studio.pull_server import Reader
from curate.labelling.connection import Connection, connect
from curate.labelling.pull_batch import Batch
from curate.labelling.pull_project import ProjectPull, key_of
from curate.labelling.pull_raters import Raters
from curate.labelling.pull_report import PullReport
from curate.labelling.pull_state import ledger_of, pull_lock, state_folder
from curate.workspace import Workspace
from schemas.errors import LabelStudioError, PairwrightError

MARKER = "pairwright page"
"""In the description of every project that a push made."""

OUR_PAGE = 'className="pw"'
"""In the labelling page of every project of ours, should its description be rewritten."""

Now = Callable[[], datetime]


def clock() -> datetime:
    """The time now, UTC."""
    return datetime.now(UTC)


def pull(
    workspace: Workspace, variables: Mapping[str, str] = os.environ, now: Now = clock
) -> PullReport:
    """Take in what people said since the last pull.

    Raises LabelStudioError where the server cannot be reached or refuses the key, WorkspaceError
    where another pull of votes is going on; what came before is kept, and the next pull goes on.
    """
    connection = connect(workspace, variables)
    with pull_lock(workspace):
        return _pull(workspace, connection, now)


def watch(
    pull_once: Callable[[], PullReport],
    seconds: float,
    say: Callable[[PullReport], None],
    warn: Callable[[PairwrightError], None],
    sleep: Callable[[float], None] = time.sleep,
) -> PullReport:
    """Pull again and again until Ctrl-C; a server that is away for a while stops nothing.

    Raises what the first pull raises, since it may be a wrong key.
    """
    total = pull_once()
    say(total)
    try:
        while True:
            sleep(seconds)
            try:
                found = pull_once()
            except LabelStudioError as error:
                warn(error)
                continue
            total.add(found)
            if found.events_new:
                say(found)
    except KeyboardInterrupt:
        return total


def _pull(workspace: Workspace, connection: Connection, now: Now) -> PullReport:
    folder = state_folder(workspace)
    ledger = ledger_of(workspace)
    reader = Reader(connection.url, connection.key)
    raters = Raters(folder / "raters.json", reader.users())
    report = PullReport()
    batch = Batch(workspace, ledger, report, now, raters.save)
    prompts = cache(lambda: _prompts(workspace))
    there = set()
    try:
        for project in _ours(reader, {entry.project for entry in ledger.entries.values()}):
            there.add(key_of(project))
            report.projects += 1
            ProjectPull(reader, batch, raters, prompts, now, project).run()
    finally:
        batch.close()
    gone = {entry.project for entry in ledger.entries.values() if entry.live} - there
    report.projects_gone = len(gone)
    return report


def _ours(reader: Reader, known: set[str]) -> Iterator[dict[str, Any]]:
    """The projects that pushes made."""
    for project in reader.projects():
        marked = MARKER in str(project.get("description"))
        if marked or OUR_PAGE in str(project.get("label_config")) or key_of(project) in known:
            yield project


def _prompts(workspace: Workspace) -> frozenset[str]:
    import pyarrow.parquet as pq

    found: set[str] = set()
    for path in workspace.pull_tables("prompts"):
        found.update(pq.read_table(path, columns=["prompt_id"]).column(0).to_pylist())
    return frozenset(found)
