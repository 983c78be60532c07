"""`curate label pull` below the command line: people's votes into the journal, once each."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

from annotate.label_studio.pull_http import GoneError
from annotate.label_studio.pull_server import FIELDS, Reader
from curate.labelling.connection import Connection, connect
from curate.labelling.pull_batch import Batch
from curate.labelling.pull_ledger import Ledger
from curate.labelling.pull_project import ProjectPull, key_of
from curate.labelling.pull_prompts import among, pulls_id
from curate.labelling.pull_raters import Raters
from curate.labelling.pull_report import PullReport
from curate.labelling.pull_state import ledger_of, pull_lock, state_folder
from curate.labelling.pull_tasks import Intake
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
    with ledger_of(workspace) as ledger:
        reader = Reader(connection.url, connection.key)
        raters = Raters(folder / "raters.json", reader.users())
        report = PullReport()
        batch = Batch(workspace, ledger, report, now, raters.save)
        prompts, pulls = partial(among, workspace), partial(pulls_id, workspace)
        there = set()
        with closing(batch):
            for project in _ours(reader, ledger):
                report.projects += 1
                with suppress(GoneError):  # deleted just now
                    intake = Intake(key_of(project), batch, raters, prompts, now)
                    ProjectPull(reader, intake, pulls, project).run()
                    there.add(key_of(project))
            batch.flush()
        report.projects_gone = len(ledger.with_votes() - there)
    return report


def _ours(reader: Reader, ledger: Ledger) -> Iterator[dict[str, Any]]:
    """The projects that pushes made."""
    for project in reader.projects(include=FIELDS):
        marked = MARKER in str(project.get("description"))
        marked = marked or OUR_PAGE in str(project.get("label_config"))
        if marked or ledger.reached(key_of(project)) is not None:
            yield project
