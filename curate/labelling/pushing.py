"""`curate label push` below the command line: routed prompts into Label Studio, once each."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from annotate.label_studio import in_flight
from annotate.label_studio.asked import asked
from annotate.label_studio.projects import Page, Project, ours
from annotate.label_studio.sdk import connected
from annotate.label_studio.shape import Shape, shape_of
from annotate.label_studio.task import task_data
from curate.console import Advance, no_bar
from curate.labelling.boxes import Box, Boxes
from curate.labelling.connection import Connection, connect
from curate.labelling.served_media import ServedMedia
from curate.labelling.wanted import Wanted, fresh, left_out, take_off, wanted_tables
from curate.locks import held
from curate.routing.routes import ensure_routes
from curate.workspace import Workspace

LOCK = ".label-push.lock"
NOTE = ".label-push.json"

Bar = Callable[[int], AbstractContextManager[Advance]]


@dataclass(frozen=True, slots=True)
class Options:
    """`limit` is the most new tasks. `environment` may name a server and its key."""

    dry_run: bool = False
    limit: int | None = None
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
    """What a push did. `tasks_total` is over all projects on the server that pushes made."""

    dry_run: bool
    routed: int
    tasks_new: int
    tasks_total: int
    projects: tuple[Pushed, ...]
    left_out: dict[str, int]


def push(workspace: Workspace, options: Options) -> PushReport:
    """Ask people for what they were not asked for yet; a push that was killed is gone on with.

    Raises LabelStudioError where the server cannot be reached, refuses the key, took another number
    of tasks than it was sent, or a project's page was edited by hand; WorkspaceError where another
    push runs; what routing raises where there are no routes yet.
    """
    given = os.environ if options.environment is None else options.environment
    connection = connect(workspace, given)
    ensure_routes(workspace)
    with (
        held(workspace.root / LOCK, "a push"),
        wanted_tables(workspace, options.limit) as engine,
        connected(connection.url, connection.key) as client,
    ):
        in_flight.settle(client, workspace.root / NOTE, connection.url)
        there = list(ours(client))
        count = take_off(engine, _asked(client, there, workspace.rubric.rubric_id))
        with options.bar(count) as advance:
            boxes = _fill(workspace, connection, client, there, fresh(engine), options, advance)
        return PushReport(
            dry_run=options.dry_run,
            routed=engine.count("wanted"),
            tasks_new=sum(box.new for box in boxes),
            tasks_total=sum(it.tasks for it in there) + sum(box.sent for box in boxes),
            projects=tuple(_pushed(connection, box) for box in boxes),
            left_out=left_out(engine),
        )


def _asked(client: Any, there: Iterable[Project], rubric_id: str) -> Iterator[tuple[str, str]]:
    for project in there:
        yield from asked(client, project.number, rubric_id)


def _fill(
    workspace: Workspace,
    connection: Connection,
    client: Any,
    there: list[Project],
    found: Iterable[Wanted],
    options: Options,
    advance: Advance,
) -> list[Box]:
    """The boxes, sent unless it is a dry run."""
    section, rubric = workspace.settings.config.label_studio, workspace.rubric
    seed = workspace.settings.config.route.seed
    media = ServedMedia(workspace, connection.server)

    def page_of(shape: Shape, raters: int) -> Page:
        return Page(
            rubric=rubric,
            shape=shape,
            raters=raters,
            ask=section.ask,
            show_reference=section.show_reference,
        )

    boxes = Boxes(
        client,
        connection.url,
        workspace.root / NOTE,
        media.folder,
        there,
        page_of,
        dry_run=options.dry_run,
        advance=advance,
    )
    for it in found:
        data = task_data(it.prompt, it.candidates, rubric, media_url=media.url, seed=seed)
        if not options.dry_run:
            media.serve(it.prompt)
        boxes.add(shape_of(it.prompt, len(it.candidates)), it.raters, data)
    boxes.close()
    return list(boxes.boxes.values())


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
