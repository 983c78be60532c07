"""The review page in a real browser: vote and expert's word are in sight, on every screen."""

from types import SimpleNamespace
from typing import Any

import pytest

from annotate.label_studio import names
from annotate.label_studio.pull import vote_id_of
from annotate.label_studio.review_page import review_page
from annotate.label_studio.review_task import Reviewable, review_data
from annotate.label_studio.task import task_data
from tests.support.annotations import AT, annotation, choices, places, text
from tests.support.label_projects import ANSWERS, RUBRIC
from tests.support.label_studio import Live
from tests.support.labeller import Labeller
from tests.support.pages import candidates, media_url, medium, prompt, turn
from tests.support.pictures import picture_bytes

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]
SIZES = [(1366, 768), (1600, 1000), (2560, 1440)]
WHY = (
    "B counts the cups at the door, too, and says how sure it is; A and D leave out the one in "
    "front. C says the same thing twice. "
) * 2


def project(live: Live, answers: int) -> int:
    """A project with one vote under review, on a prompt with a picture."""
    picture = medium(0)
    (live.server.media / str(picture.file)).write_bytes(picture_bytes(size=(560, 420), colour=40))
    asked = prompt(turn("user", 0, "How many cups are on the table?"), media=[picture])
    given = candidates(asked, *ANSWERS[:answers])
    data = task_data(asked, given, RUBRIC, media_url=media_url)
    scored = [
        choices(names.score(letter, metric.name), str((number + place) % 5))
        for place, letter in enumerate("abcde"[:answers])
        for number, metric in enumerate(RUBRIC.metric)
    ]
    reasons = [text(names.reason(letter), f"What decided about {letter}.") for letter in "ab"]
    said = [*places("21324"[:answers]), *scored, *reasons, text(names.RATIONALE, WHY)]
    vote = annotation(*said, choices(names.FLAGS, names.UNSAFE))
    made = review_data(
        SimpleNamespace(data=data, annotations=[vote]),
        Reviewable("e" * 32, "h-1", 5, vote_id_of(vote), AT),
        RUBRIC,
    )
    assert made is not None
    shape, shown = made
    return live.project(review_page(shape), [shown])


@pytest.mark.parametrize("size", SIZES, ids=lambda it: f"{it[0]}x{it[1]}")
@pytest.mark.parametrize("answers", [2, 5])
def test_the_vote_and_what_is_pressed_are_on_the_first_screen(
    live: Live, chromium: Any, size: tuple[int, int], answers: int
) -> None:
    found = Labeller.signed_in(live, chromium, size)
    found.open(project(live, answers))
    found.press("r")
    bar = found.page.get_by_test_id("bottombar-submit-button").bounding_box()["y"]
    for part in (".pw-vote", ".pw-review", ".pw-left .lsf-text-area:visible"):
        box = found.page.locator(part).last.bounding_box()
        assert box["y"] + box["height"] < bar, part
    assert found.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    picture = found.page.locator(".pw-media img").bounding_box()
    assert picture["width"] / picture["height"] == pytest.approx(560 / 420, rel=0.02)
    assert found.complaints == []
    found.close()


def test_what_a_score_means_is_under_the_mouse(labeller: Labeller) -> None:
    labeller.open(project(labeller.live, 2))
    score = labeller.page.locator(".pw-card-a .pw-scores span").nth(1)
    assert score.inner_text() == "Correctness 1"
    assert str(score.get_attribute("title")).startswith("1: ")
