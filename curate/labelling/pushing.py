"""`curate label push` below the command line: routed prompts into Label Studio, once each."""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from annotate.label_studio.projects import ours
from curate.console import Advance, no_bar
from curate.engines.duckdb import DuckDBEngine
from curate.labelling import gold
from curate.labelling.asked_tasks import asked_rows, take_back
from curate.labelling.boxes import Box
from curate.labelling.connection import Connection, connect
from curate.labelling.judged import look_judged, nothing_judged
from curate.labelling.pushed import keep_pushed
from curate.labelling.sending import Sending, fill
from curate.labelling.settled import settled
from curate.labelling.wanted import left_out, raters_changed, take_off, wanted_tables
from curate.routing.routes import ensure_routes
from curate.workspace import Workspace
from schemas.errors import UsageError

Bar = Callable[[int], AbstractContextManager[Advance]]


@dataclass(frozen=True, slots=True)
class Options:
    """`limit` is the most new prompts, gold not counted. `environment` may name a server and key.

    With `qualification` gold prompts go out for everybody, and no work.
    """

    dry_run: bool = False
    limit: int | None = None
    qualification: bool = False
    preannotate: bool = False
    environment: Mapping[str, str] | None = None
    bar: Bar = lambda _: nullcontext(no_bar)


@dataclass(frozen=True, slots=True)
class Pushed:
    """One project that something new went into, and how many tasks the server says it has.

    `project` and `url` are null where a dry run did not make it.
    """

    project: int | None
    url: str | None
    title: str
    answers: int
    raters: int
    tasks_new: int
    tasks_total: int


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did. `tasks_total` is over all projects on the server that pushes made.

    `gold_new` of `gold_wanted` gold tasks are among the new ones. `prefilled` tasks came with the
    judge's scores. `taken_back` came twice. `raters_changed` are prompts that stay in a project for
    another number of raters than they are routed to.
    """

    dry_run: bool
    routed: int
    tasks_new: int
    tasks_total: int
    projects: tuple[Pushed, ...]
    left_out: dict[str, int]
    gold_wanted: int
    gold_new: int
    prefilled: int
    taken_back: int
    raters_changed: int


def push(workspace: Workspace, options: Options) -> PushReport:
    """Ask people for what they were not asked for yet; a push that was killed is gone on with.

    Raises LabelStudioError where the server cannot be reached, refuses the key, took another number
    of tasks than it was sent, or a project's page was edited by hand; WorkspaceError where another
    push runs; UsageError for options that exclude each other; what routing raises where there are
    no routes yet.
    """
    _check(workspace, options)
    given = os.environ if options.environment is None else options.environment
    connection = connect(workspace, given)
    ensure_routes(workspace)
    with (
        settled(workspace, connection) as client,
        wanted_tables(workspace, options.limit) as engine,
    ):
        there = list(ours(client))
        take_off(engine, asked_rows(client, there, workspace.rubric.rubric_id))
        taken_back = 0 if options.dry_run else take_back(client, engine)
        sending = Sending(
            workspace,
            connection,
            client,
            there,
            purpose="qualification" if options.qualification else "work",
            prefilled=options.preannotate,
            dry_run=options.dry_run,
        )
        picked = _pick(engine, sending, options)
        with options.bar(engine.count("tasks")) as advance:
            boxes, prefilled = fill(sending, engine, advance)
        if not options.dry_run:
            engine.values["purpose"] = sending.purpose
            keep_pushed(workspace, engine)
        return PushReport(
            dry_run=options.dry_run,
            routed=engine.count("wanted"),
            tasks_new=sum(box.new for box in boxes),
            tasks_total=sum(it.tasks for it in there) - taken_back + sum(box.sent for box in boxes),
            projects=tuple(_pushed(connection, box) for box in boxes),
            left_out={**left_out(engine), **picked.refused},
            gold_wanted=picked.wanted,
            gold_new=picked.tasks_new,
            prefilled=prefilled,
            taken_back=taken_back,
            raters_changed=raters_changed(engine),
        )


def _check(workspace: Workspace, options: Options) -> None:
    if not options.qualification:
        return
    if options.limit is not None or options.preannotate:
        raise UsageError(
            "--qualification goes with neither --limit nor --preannotate",
            "say by [label_studio] qualification how many it pushes",
        )
    if not workspace.settings.config.label_studio.qualification:
        raise UsageError(
            "[label_studio] qualification = 0, so there is nothing to push",
            "set it to how many gold prompts annotators begin with",
        )


def _pick(engine: DuckDBEngine, sending: Sending, options: Options) -> gold.Gold:
    """Fill `tasks` with what is to be sent, and what judges said of it."""
    section = sending.workspace.settings.config.label_studio
    if options.qualification:
        found = gold.qualifying(engine, section.qualification)
    elif section.gold_share:
        found = gold.mixed(engine, sending.project_of)
    else:
        found = gold.none(engine)
    (look_judged if options.preannotate else nothing_judged)(engine)
    return found


def _pushed(connection: Connection, box: Box) -> Pushed:
    number = box.project.number if box.project else None
    return Pushed(
        project=number,
        url=None if number is None else f"{connection.url}/projects/{number}/data",
        title=box.project.title if box.project else box.page.title,
        answers=box.page.shape.answers,
        raters=box.page.raters,
        tasks_new=box.new,
        tasks_total=box.total,
    )
