"""What the server or the network says is one line with the fix."""

import pytest

from annotate.label_studio.push import Checker
from annotate.label_studio.sdk import connected, refusal
from annotate.label_studio.shape import Shape
from annotate.label_studio.task import task_data
from schemas.errors import LabelStudioError
from tests.support.label_studio import free_port
from tests.support.pages import ASKED, RUBRICS, candidates, media_url, prompt

RUBRIC = RUBRICS["five-metric"]


def test_a_server_that_is_down_is_named() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(LabelStudioError, match=f"{url}: no answer .* does the server run"):
        _look(url)


@pytest.mark.parametrize("url", ["nowhere", "http://:0:0"])
def test_an_address_that_is_none_is_named(url: str) -> None:
    with pytest.raises(LabelStudioError, match=url):
        _look(url)


def _look(url: str) -> None:
    with connected(url, "0" * 40) as client:
        list(client.projects.list())


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (401, {"detail": "Invalid token."}, "the key is not accepted"),
        (403, {}, "LABEL_STUDIO_API_KEY"),
        (404, {"detail": "Not found."}, "project deleted"),
        (400, {"detail": "Bad", "validation_errors": ["no $x"]}, "no $x"),
        (500, "<html>\n\nServer Error", "status 500 (<html> Server Error)"),
    ],
)
def test_a_refusal_is_one_line(status: int, body: object, said: str) -> None:
    text = str(refusal("http://server", status, body))
    assert said in text
    assert "\n" not in text


def test_a_task_that_does_not_fit_its_page_names_the_prompt() -> None:
    from annotate.label_studio.config import page

    asked = prompt("Which?")
    data = task_data(asked, candidates(asked, "a", "b"), RUBRIC, media_url=media_url)
    Checker(page(RUBRIC, Shape(answers=2), ASKED)).check(data)
    with pytest.raises(LabelStudioError, match=asked.prompt_id):
        Checker(page(RUBRIC, Shape(answers=2, pictures=1), ASKED)).check(data)
