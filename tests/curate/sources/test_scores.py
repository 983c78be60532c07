from decimal import Decimal
from typing import Any

import pytest

from curate.sources.scores import number_of, present, read_scores, unparsable


@pytest.mark.parametrize(
    ("value", "number"),
    [(4, 4), (3.5, 3.5), ("4", 4), (" 4.0 ", 4), ("-1", -1), (Decimal("2.5"), 2.5), (0, 0)],
)
def test_number_is_read_from_a_number_or_its_text(value: Any, number: float) -> None:
    assert number_of(value) == number


@pytest.mark.parametrize(
    "value",
    [None, "", "N/A", "four", "4/5", "nan", "inf", "1e3", "1_0", "٤", True, [4], {}, b"4"],
)
def test_anything_else_is_no_number(value: Any) -> None:
    assert number_of(value) is None


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, "9" * 400])
def test_number_that_is_not_finite_is_no_number(value: Any) -> None:
    assert number_of(value) is None


def test_good_scores_are_kept_beside_bad_ones() -> None:
    scores, faults = read_scores({"helpfulness": "3", "coherence": "high", "verbosity": None})
    assert scores == {"helpfulness": 3}
    assert faults == ["coherence 'high'", "verbosity None"]


def test_faults_of_an_answer_are_one_failure_that_names_them() -> None:
    [failure] = unparsable(["coherence 'high'", "verbosity None"], "answer 2", "gemini", "judge")
    assert (failure.reason, failure.rater, failure.kind) == ("unparsable", "gemini", "judge")
    assert failure.detail == "answer 2: no number: coherence 'high', verbosity None"
    assert unparsable([], "answer 2", "gemini", "judge") == []


def test_null_is_a_score_that_was_not_given() -> None:
    assert present({"a": 0, "b": None, "c": ""}) == {"a": 0, "c": ""}
