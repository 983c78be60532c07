"""What a SteerLM model is asked for."""

from pathlib import Path

import pytest

from curate.generating.requests import parsed_attributes, steerlm_request
from curate.settings import preset_rubric
from schemas.errors import ExportError, UsageError
from schemas.rubric import Metric, Rubric
from tests.support.answers import answer, given
from tests.support.pairs import written

RUBRIC = preset_rubric("five-metric")


def test_the_best_is_asked_for_as_in_training(tmp_path: Path) -> None:
    asked = steerlm_request(RUBRIC, {})
    assert asked.endswith("\nHelpfulness:4,Correctness:4,Coherence:4,Complexity:4,Verbosity:4")
    row = answer(points=(4, 4, 4, 4, 4))
    _, (trained,) = written("steerlm", given(tmp_path, [row]), tmp_path / "out")
    assert trained["prompt"][-1]["content"] == f"How many cups?{asked}"


def test_points_of_ones_own_are_asked_for_as_in_training(tmp_path: Path) -> None:
    points = dict(zip((it.name for it in RUBRIC.metric), (1, 0, 2, 4, 3), strict=True))
    row = answer(points=(1, 0, 2, 4, 3))
    _, (trained,) = written("steerlm", given(tmp_path, [row]), tmp_path / "out")
    assert trained["prompt"][-1]["content"] == f"How many cups?{steerlm_request(RUBRIC, points)}"


def test_metrics_not_named_get_the_highest_points() -> None:
    asked = steerlm_request(RUBRIC, parsed_attributes("verbosity=1, helpfulness=3"))
    assert asked.endswith("\nHelpfulness:3,Correctness:4,Coherence:4,Complexity:4,Verbosity:1")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("helpfullness=4", "no metric 'helpfullness'; did you mean 'helpfulness'?"),
        ("helpfulness=5", "helpfulness=5 is not on its scale; give 0 to 4"),
        ("helpfulness", "'helpfulness' is no metric=points"),
        ("helpfulness=high", "'helpfulness=high' is no metric=points"),
    ],
)
def test_points_that_nobody_can_give_are_refused(text: str, error: str) -> None:
    with pytest.raises(UsageError, match=error.replace("?", r"\?")):
        steerlm_request(RUBRIC, parsed_attributes(text))


def test_metrics_on_two_scales_cannot_be_asked_for() -> None:
    metrics = (Metric(name="a", question="A?"), Metric(name="b", question="B?", max=9))
    with pytest.raises(ExportError, match="on one scale, and the rubric has 2"):
        steerlm_request(Rubric(name="two", metric=metrics), {})
