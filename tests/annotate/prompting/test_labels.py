"""Labels: by place alone, and never twice the same."""

import pytest

from annotate.prompting.labels import labels


@pytest.mark.parametrize(
    ("place", "label"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")]
)
def test_places_are_lettered_like_columns_of_a_sheet(place: int, label: str) -> None:
    assert labels(800)[place] == label


def test_no_label_comes_twice() -> None:
    assert len(set(labels(20_000))) == 20_000


def test_more_answers_leave_earlier_labels_as_they_were() -> None:
    assert labels(30)[:4] == labels(4) == ("A", "B", "C", "D")
