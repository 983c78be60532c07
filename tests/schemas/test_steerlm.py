"""SteerLM's request says the scale and the points as mllm-dpo's training data do."""

import pytest

from schemas.errors import ExportError
from schemas.steerlm import opening, request

FIVE = (0.0, 4.0)
SENTENCE = (
    "\nPlease answer the question such that your response is in the following attributes in "
    "5-point Likert scale:\n"
)


def test_points_follow_the_sentence_in_their_order() -> None:
    points = {"helpfulness": 4.0, "correctness": 3.0, "verbosity": 0.0}
    assert request(points, [FIVE] * 3) == f"{SENTENCE}Helpfulness:4,Correctness:3,Verbosity:0"


def test_every_step_of_a_scale_is_counted() -> None:
    assert "in 2-point" in opening([(0.0, 1.0)])
    assert "in 10-point" in opening([(1, 10), (1.0, 10.0)])
    assert "in 11-point" in opening([(-5.0, 5.0)])


@pytest.mark.parametrize(
    ("scales", "said"),
    [
        ([FIVE, (0.0, 5.0)], "one scale, and the rubric has 2"),
        ([], "one scale, and the rubric has 0"),
        ([(0.0, 4.5)], "whole points, and the scale is 0.0 to 4.5"),
        ([(0.5, 4.0)], "whole points, and the scale is 0.5 to 4.0"),
    ],
)
def test_scales_that_the_sentence_cannot_say_are_refused(
    scales: list[tuple[float, float]], said: str
) -> None:
    with pytest.raises(ExportError, match=said):
        opening(scales)
