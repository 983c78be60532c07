"""Projects of one prompt on a real server, and what was sent from its page."""

from typing import Any

from annotate.label_studio.config import page
from annotate.label_studio.shape import shape_of
from annotate.label_studio.task import task_data
from schemas.candidate import Prompt
from tests.support.label_studio import Live
from tests.support.pages import ASKED, RUBRICS, candidates, media_url, medium, prompt, turn
from tests.support.pictures import picture_bytes

RUBRIC = RUBRICS["five-metric"]
LONG = "**One** line of an answer that says a lot, and says it twice.\n\n" * 12
ANSWERS = ("Three.", "Four, I think.", LONG, "I cannot tell.", "Two, and one behind the door.")


def project(live: Live, asked: Prompt, *answers: str, tasks: int = 1) -> int:
    """A project with one prompt, as often as asked for."""
    data = task_data(asked, candidates(asked, *answers), RUBRIC, media_url=media_url)
    return live.project(page(RUBRIC, shape_of(asked, len(answers)), ASKED), [data] * tasks)


def pictured(live: Live, *answers: str, tasks: int = 1, pictures: int = 1) -> int:
    """A project whose prompt has pictures that the server serves."""
    media = [medium(number) for number in range(pictures)]
    for number, it in enumerate(media):
        (live.server.media / str(it.file)).write_bytes(
            picture_bytes(size=(560, 420), colour=number * 40)
        )
    asked = prompt(turn("user", *range(pictures), "How many cups?"), media=media)
    return project(live, asked, *answers, tasks=tasks)


def values(live: Live, number: int) -> dict[str, Any]:
    """What the only annotation of a project says, by control."""
    (found,) = live.annotations(number)
    return {name: next(iter(it.values())) for name, it in found["values"].items()}
