"""`curate label adjudicate` below the command line: what raters disagree on, before an expert."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa

from annotate.label_studio.asked import asked
from annotate.label_studio.projects import Project, ours
from annotate.label_studio.pull_server import Reader
from curate.console import Advance, no_bar
from curate.engines.duckdb import DuckDBEngine
from curate.labelling import pulling
from curate.labelling.adjudicating_tasks import fill
from curate.labelling.adjudicating_votes import Disputes, disputed_prompts, disputes
from curate.labelling.boxes import Boxes
from curate.labelling.connection import Connection, connect
from curate.labelling.pages import page_of
from curate.labelling.pull_raters import Raters
from curate.labelling.pull_state import pull_lock, state_folder
from curate.labelling.served_media import ServedMedia
from curate.labelling.settled import NOTE, settled
from curate.labelling.wanted import fresh
from curate.workspace import Workspace
from schemas.errors import LabelStudioError

Bar = Callable[[int], AbstractContextManager[Advance]]


@dataclass(frozen=True, slots=True)
class Options:
    """`expert` is the sign-in name of who decides; agreement below `threshold` is a dispute.

    `environment` may name a server and its key.
    """

    expert: str
    threshold: float = 0.5
    limit: int | None = None
    dry_run: bool = False
    environment: Mapping[str, str] | None = None
    bar: Bar = lambda _: nullcontext(no_bar)


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What was put before the expert, whose pseudonym is null in a dry run.

    `urls` are the projects that something went into.
    """

    expert: str | None
    found: Disputes
    tasks_new: int
    urls: tuple[str, ...]


def adjudicate(workspace: Workspace, options: Options) -> Adjudication:
    """Pull, then ask the expert about every prompt in dispute that was not asked about before.

    A dry run does not pull. Raises LabelStudioError where nobody signed up as the expert, and what
    a pull and a push raise.
    """
    given = os.environ if options.environment is None else options.environment
    connection = connect(workspace, given)
    _check(Reader(connection.url, connection.key), options.expert)
    if not options.dry_run:
        pulling.pull(workspace, given)
    expert = None if options.dry_run else _pseudonym(workspace, options.expert)
    with (
        settled(workspace, connection) as client,
        disputed_prompts(workspace, options.threshold, options.limit) as engine,
    ):
        there = list(ours(client))
        _take_off(engine, set(_asked(client, there, workspace.rubric.rubric_id)))
        made = Boxes(
            client,
            connection.url,
            workspace.root / NOTE,
            ServedMedia(workspace, connection.server).folder,
            there,
            partial(page_of, workspace, purpose="adjudication", expert=expert),
            dry_run=options.dry_run,
        )
        with options.bar(engine.count("fresh")) as made.advance, made as boxes:
            fill(workspace, connection, boxes, fresh(engine), expert)
        return Adjudication(expert, disputes(engine), *_sent(connection, boxes))


def _sent(connection: Connection, boxes: Boxes) -> tuple[int, tuple[str, ...]]:
    """How many tasks are new, and the projects they went into."""
    sent = boxes.boxes.values()
    numbers = sorted(box.project.number for box in sent if box.project)
    urls = tuple(f"{connection.url}/projects/{number}/data" for number in numbers)
    return sum(box.new for box in sent), urls


def _check(reader: Reader, expert: str) -> None:
    """Raise LabelStudioError unless somebody signed up under this name."""
    known = {name.strip().lower() for name in reader.users().values()}
    if expert.strip().lower() not in known:
        raise LabelStudioError(
            f"nobody signed up as {expert!r}", "send them the link of: curate label invite"
        )


def _pseudonym(workspace: Workspace, expert: str) -> str:
    with pull_lock(workspace):
        raters = Raters(state_folder(workspace) / "raters.json", {})
        found = raters({"email": expert})
        raters.save()
    return found


def _asked(client: Any, there: list[Project], rubric_id: str) -> Iterator[str]:
    for project in there:
        for prompt_id, _ in asked(client, project.number, rubric_id, "adjudication"):
            yield prompt_id


def _take_off(engine: DuckDBEngine, before: set[str]) -> None:
    """Fill `fresh` with what was not asked before."""
    engine.put("asked", pa.table([pa.array(sorted(before), pa.string())], ["prompt_id"]))
    engine.run("label/adjudicate_fresh", "fresh")
