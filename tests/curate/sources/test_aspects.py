from typing import Any

import pytest

from curate.sources.aspects import aspects_of, completions_of
from curate.sources.shaping import BadRowError

METRICS = {"Helpfulness": "helpfulness", "Ethical Considerations": "ethics"}


def test_ratings_are_read_under_our_names() -> None:
    found = aspects_of(
        {
            "Helpfulness": {"Rating": "4", "Rationale": "useful"},
            "Ethical Considerations": {"Rating": 5, "Rationale": None},
        },
        METRICS,
        "annotations",
    )
    assert found.scores == {"helpfulness": 4, "ethics": 5}
    assert found.rationales == {"helpfulness": "useful"}
    assert not found.faults


@pytest.mark.parametrize("rating", ["N/A", " n/a ", "", None])
def test_rating_that_does_not_apply_is_neither_score_nor_fault(rating: Any) -> None:
    found = aspects_of(
        {"Helpfulness": {"Rating": rating, "Rationale": "no picture"}}, METRICS, "annotations"
    )
    assert (found.scores, found.faults) == ({}, [])
    assert found.rationales == {"helpfulness": "no picture"}


def test_rating_that_is_no_number_is_a_fault() -> None:
    found = aspects_of({"Helpfulness": {"Rating": "very"}}, METRICS, "annotations")
    assert found.faults == ["helpfulness 'very'"]


def test_two_rationales_of_an_aspect_are_both_kept() -> None:
    entry = {"Rating": "1", "Rationale": "invents a cup", "Rationale For Rating": "severe"}
    found = aspects_of({"Helpfulness": entry}, METRICS, "annotations")
    assert found.rationales == {"helpfulness": "invents a cup\n\nsevere"}


def test_unknown_aspect_is_named_with_the_nearest_one() -> None:
    with pytest.raises(BadRowError, match="did you mean 'Helpfulness'"):
        aspects_of({"Helpfullness": {"Rating": "1"}}, METRICS, "annotations")


def test_null_aspect_of_an_arrow_struct_is_absent() -> None:
    assert aspects_of({"Helpfulness": None, "Other": None}, METRICS, "annotations").scores == {}


def test_struct_of_lists_is_the_same_as_a_list_of_structs() -> None:
    rows = [{"model": "a", "response": "x"}, {"model": "b", "response": "y"}]
    columns = {"model": ["a", "b"], "response": ["x", "y"]}
    assert completions_of(columns) == completions_of(rows) == rows
    assert completions_of(None) == completions_of({}) == []


def test_struct_of_lists_of_unequal_length_is_a_bad_row() -> None:
    with pytest.raises(BadRowError, match=r"columns of \[1, 2\] entries"):
        completions_of({"model": ["a", "b"], "response": ["x"]})
