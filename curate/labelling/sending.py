"""From prompts to tasks on the server: what stands in `tasks`, in its order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotate.label_studio import names
from annotate.label_studio.prediction import means_of, prediction_of
from annotate.label_studio.projects import Page, Project
from annotate.label_studio.shape import Shape, shape_of
from curate.console import Advance
from curate.engines.duckdb import DuckDBEngine
from curate.labelling.boxes import Box, Boxes
from curate.labelling.connection import Connection
from curate.labelling.pages import asked_rubric, data_maker, page_of
from curate.labelling.served_media import ServedMedia
from curate.labelling.settled import NOTE
from curate.labelling.task_texts import Wanted, tasks
from curate.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sending:
    """What all tasks of a push have in common."""

    workspace: Workspace
    connection: Connection
    client: Any
    there: list[Project]
    purpose: names.Purpose
    prefilled: bool
    dry_run: bool

    def page_of(self, shape: Shape, raters: int) -> Page:
        """The page of prompts of a shape for so many raters."""
        return page_of(self.workspace, shape, raters, self.purpose, prefilled=self.prefilled)

    def project_of(self, shape: Shape, raters: int) -> int | None:
        """The project that is there for them; None before it is made."""
        page = self.page_of(shape, raters)
        return next((it.number for it in self.there if it.serves(page)), None)


def fill(sending: Sending, engine: DuckDBEngine, advance: Advance) -> tuple[list[Box], int]:
    """The boxes, sent unless it is a dry run, and how many tasks have a prediction."""
    media = ServedMedia(sending.workspace, sending.connection.server)
    with Boxes(
        sending.client,
        sending.connection.url,
        sending.workspace.root / NOTE,
        media.folder,
        sending.there,
        sending.page_of,
        dry_run=sending.dry_run,
        advance=advance,
    ) as boxes:
        task_of = _maker(sending, media)
        predicted = 0
        for it in tasks(engine):
            data, prediction = task_of(it)
            if not sending.dry_run:
                media.serve(it.prompt)
            boxes.add(shape_of(it.prompt, len(it.candidates)), it.raters, data, prediction)
            predicted += prediction is not None
        boxes.close()
        return list(boxes.boxes.values()), predicted


Task = tuple[dict[str, Any], dict[str, Any] | None]


def _maker(sending: Sending, media: ServedMedia) -> Callable[[Wanted], Task]:
    """What makes a prompt's data and prediction."""
    settings, rubric = sending.workspace.settings, asked_rubric(sending.workspace)
    ask, seed = settings.config.label_studio.ask, settings.config.route.seed
    purpose = {} if sending.purpose == "work" else {"purpose": sending.purpose}
    data_of = data_maker(sending.workspace, media, seed, purpose)

    def task_of(it: Wanted) -> Task:
        data = data_of(it)
        if not it.scores:
            return data, None
        shown = data[names.ABOUT]["candidate_ids"]
        return data, prediction_of(shown, rubric, settings.weights, ask, means_of(it.scores))

    return task_of
