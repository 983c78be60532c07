"""Prompts in dispute as an expert's tasks: the same page and answers, in another order."""

from collections.abc import Iterable

from annotate.label_studio.shape import shape_of
from curate.labelling.boxes import Boxes
from curate.labelling.connection import Connection
from curate.labelling.pages import data_maker
from curate.labelling.served_media import ServedMedia
from curate.labelling.task_texts import Wanted
from curate.workspace import Workspace
from schemas.base import content_id


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
    data_of = data_maker(workspace, media, order_seed(workspace), more)
    for it in prompts:
        data = data_of(it)
        if not boxes.dry_run:
            media.serve(it.prompt)
        boxes.add(shape_of(it.prompt, len(it.candidates)), it.raters, data)
    boxes.close()


def order_seed(workspace: Workspace) -> int:
    """A seed that gives another order of the answers than the one their raters saw."""
    return int(content_id(["adjudication", workspace.settings.config.route.seed])[:8], 16)
