"""What a workspace's settings make of a page and of the tasks on it, whatever they are for."""

from collections.abc import Callable, Mapping
from typing import Any

from annotate.label_studio.names import Purpose
from annotate.label_studio.projects import Page
from annotate.label_studio.shape import Shape
from annotate.label_studio.task import Wording, task_data
from curate.labelling.served_media import ServedMedia
from curate.labelling.task_texts import Wanted
from curate.workspace import Workspace
from schemas.rubric import Rubric


def page_of(
    workspace: Workspace,
    shape: Shape,
    raters: int,
    purpose: Purpose,
    *,
    expert: str | None = None,
    prefilled: bool = False,
) -> Page:
    """The page of prompts of a shape for so many raters."""
    section = workspace.settings.config.label_studio
    return Page(
        rubric=asked_rubric(workspace),
        shape=shape,
        raters=raters,
        ask=section.ask,
        show_reference=section.show_reference,
        purpose=purpose,
        expert=expert,
        prefilled=prefilled,
    )


def asked_rubric(workspace: Workspace) -> Rubric:
    """The rubric as people see it: with the metrics that they score."""
    rubric, settings = workspace.rubric, workspace.settings
    if settings.config.label_studio.metrics == "all":
        return rubric
    counting = tuple(it for it in rubric.metric if settings.weights[it.name] > 0)
    return rubric.model_copy(update={"metric": counting})


def data_maker(
    workspace: Workspace, media: ServedMedia, seed: int, more: Mapping[str, Any]
) -> Callable[[Wanted], dict[str, Any]]:
    """What makes a prompt's data: its answers in an order by `seed`, `more` beside their ids."""
    wording, asked = Wording.of(workspace.rubric), asked_rubric(workspace)
    if asked != workspace.rubric:
        wording = wording._replace(metrics=tuple(metric.name for metric in asked.metric))
    show_reference = workspace.settings.config.label_studio.show_reference
    return lambda it: task_data(
        it.prompt,
        it.candidates,
        wording,
        media_url=media.url,
        seed=seed,
        show_reference=show_reference,
        more=more,
    )
