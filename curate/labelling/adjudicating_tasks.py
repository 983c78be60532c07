"""Prompts in dispute as an expert's tasks: the same page and answers, in another order."""

from collections.abc import Iterable

from annotate.label_studio.projects import Page
from annotate.label_studio.shape import Shape, shape_of
from annotate.label_studio.task import Wording, task_data
from curate.labelling.boxes import Boxes
from curate.labelling.connection import Connection
from curate.labelling.served_media import ServedMedia
from curate.labelling.task_texts import Wanted
from curate.workspace import Workspace
from schemas.base import content_id


def page_of(workspace: Workspace, expert: str | None, shape: Shape, raters: int) -> Page:
    """The page of one expert's projects."""
    section = workspace.settings.config.label_studio
    return Page(
        rubric=workspace.rubric,
        shape=shape,
        raters=raters,
        ask=section.ask,
        show_reference=section.show_reference,
        purpose="adjudication",
        expert=expert,
    )


def fill(
    workspace: Workspace,
    connection: Connection,
    boxes: Boxes,
    prompts: Iterable[Wanted],
    expert: str | None,
) -> None:
    """Send the prompts, unless it is a dry run."""
    media = ServedMedia(workspace, connection.server)
    more = {"purpose": "adjudication", "expert": expert}
    show_reference = workspace.settings.config.label_studio.show_reference
    seed, wording = order_seed(workspace), Wording.of(workspace.rubric)
    for it in prompts:
        data = task_data(
            it.prompt,
            it.candidates,
            wording,
            media_url=media.url,
            seed=seed,
            show_reference=show_reference,
            more=more,
        )
        if not boxes.dry_run:
            media.serve(it.prompt)
        boxes.add(shape_of(it.prompt, len(it.candidates)), it.raters, data)
    boxes.close()


def order_seed(workspace: Workspace) -> int:
    """A seed that gives another order of the answers than the one their raters saw."""
    return int(content_id(["adjudication", workspace.settings.config.route.seed])[:8], 16)
