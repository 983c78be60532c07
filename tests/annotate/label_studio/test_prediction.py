"""A judge's scores as a prediction: steps of the scale, places by the weighted sum."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.label_studio import names
from annotate.label_studio.prediction import Means, means_of, prediction_of
from annotate.label_studio.push import Checker
from annotate.label_studio.shape import Shape
from annotate.label_studio.task import task_data
from schemas.errors import LabelStudioError
from tests.support.pages import ASKED, RUBRICS, candidates, media_url, prompt

RUBRIC = RUBRICS["five-metric"]
METRICS = [metric.name for metric in RUBRIC.metric]
WEIGHTS = RUBRIC.weights({})
IDS = ("id-a", "id-b", "id-c")


def pressed(
    *values: dict[str, float] | float, ask: tuple[str, ...] = ASKED
) -> dict[str, str] | None:
    """The value of every control where answers have these means; a number is of all metrics."""
    found = prediction_of(IDS[: len(values)], RUBRIC, WEIGHTS, ask, means(*values))
    if found is None:
        return None
    return {part["from_name"]: part["value"]["choices"][0] for part in found["result"]}


def means(*values: dict[str, float] | float) -> Means:
    given = [it if isinstance(it, dict) else dict.fromkeys(METRICS, it) for it in values]
    return {
        (answer, metric): Fraction(str(value))
        for answer, scores in zip(IDS, given, strict=False)
        for metric, value in scores.items()
    }


@pytest.mark.parametrize(
    ("mean", "step"), [(0.0, "0"), (2.49, "2"), (2.5, "3"), (3.5, "4"), (4.0, "4"), (9, "4")]
)
def test_a_mean_is_rounded_to_a_step_of_the_scale(mean: float, step: str) -> None:
    found = pressed(mean, 1)
    assert found is not None
    assert found[names.score("a", "correctness")] == step


def test_places_are_by_the_weighted_sum_and_equal_sums_share_one() -> None:
    found = pressed(1, 3, 3)
    assert found is not None
    assert found[names.VERDICT] == names.RANKED
    assert [found[names.place(letter)] for letter in "abc"] == ["2", "1", "1"]


def test_a_metric_without_weight_moves_no_place() -> None:
    wordy = {**dict.fromkeys(METRICS, 1.0), "verbosity": 4.0}
    found = pressed(wordy, 2)
    assert found is not None
    assert [found[names.place(letter)] for letter in "ab"] == ["2", "1"]


def test_answers_that_are_all_equal_have_the_verdict_and_no_places() -> None:
    found = pressed(2, 2)
    assert found is not None
    assert found[names.VERDICT] == names.TIE
    assert names.place("a") not in found


def test_an_answer_without_scores_leaves_the_places_open() -> None:
    found = pressed(2, {})
    assert found is not None
    assert names.VERDICT not in found
    assert names.score("a", "correctness") in found
    assert names.score("b", "correctness") not in found


def test_what_is_not_asked_is_not_predicted() -> None:
    assert {it.split("_")[0] for it in pressed(1, 2, ask=("metrics",)) or ()} == {"score"}
    assert {it.split("_")[0] for it in pressed(1, 2, ask=("ranking",)) or ()} == {
        "verdict",
        "place",
    }


def test_without_scores_there_is_no_prediction() -> None:
    assert pressed({}, {}) is None


def test_means_are_exact() -> None:
    sums = [{"candidate_id": "a", "metric": "m", "units": 7_000_000, "n_scores": 3}]
    assert means_of(sums) == {("a", "m"): Fraction(7, 3)}


def task(answers: int) -> dict[str, Any]:
    asked = prompt("Which?")
    texts = [f"Answer {number}." for number in range(answers)]
    return task_data(asked, candidates(asked, *texts), RUBRIC, media_url=media_url)


@given(st.lists(st.floats(0, 4), min_size=10, max_size=10), st.sampled_from([ASKED, ("metrics",)]))
def test_every_prediction_fits_its_page(values: list[float], ask: tuple[str, ...]) -> None:
    data = task(2)
    shown = data[names.ABOUT]["candidate_ids"]
    keys = [(answer, metric) for answer in shown for metric in METRICS]
    known = {key: Fraction(value) for key, value in zip(keys, values, strict=True)}
    found = prediction_of(shown, RUBRIC, WEIGHTS, ask, known)
    assert found is not None
    checker(ask).check(data, found)


def checker(ask: tuple[str, ...] = ASKED) -> Checker:
    from annotate.label_studio.config import page

    return Checker(page(RUBRIC, Shape(answers=2), ask))


@pytest.mark.parametrize(
    ("name", "value"), [("score_a_correctness", "9"), ("score_z_correctness", "1")]
)
def test_a_prediction_that_does_not_fit_names_the_prompt(name: str, value: str) -> None:
    data = task(2)
    found = prediction_of(data[names.ABOUT]["candidate_ids"], RUBRIC, WEIGHTS, ASKED, {})
    assert found is None
    part = {"id": "x", "from_name": name, "to_name": names.TASK, "type": "choices"}
    bad = {"model_version": "judge", "result": [{**part, "value": {"choices": [value]}}]}
    with pytest.raises(LabelStudioError, match=data[names.ABOUT]["prompt_id"]):
        checker().check(data, bad)
