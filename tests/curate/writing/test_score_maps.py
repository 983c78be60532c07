"""Maps of means are cut out of sorted rows, side by side with the places they are asked for."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from curate.writing.score_maps import ROWS, ScoreMaps


class Rows:
    """An engine that has only what is asked for here."""

    def __init__(self, *rows: tuple[int, int, int, str], per_batch: int = 2) -> None:
        self.given = rows
        self.per_batch = per_batch

    def rows(self, _name: str) -> list[tuple[Any, ...]]:
        return [(0, "clear"), (1, "right"), (2, "whole")]

    def batches(self, _name: str, _rows: int) -> Iterator[pa.RecordBatch]:
        for start in range(0, len(self.given), self.per_batch):
            part = self.given[start : start + self.per_batch]
            keys = ("place", "side", "metric_no", "value")
            yield pa.RecordBatch.from_pylist(
                [dict(zip(keys, (*row[:3], Decimal(row[3])), strict=True)) for row in part],
                schema=ROWS,
            )


def _places(*places: int) -> pa.Array:
    return pa.array(places, pa.int32())


def _told(maps: dict[str, pa.MapArray]) -> dict[str, list[dict[str, str]]]:
    def words(one: Sequence[tuple[str, Decimal]]) -> dict[str, str]:
        return {name: f"{value:f}" for name, value in one}

    return {name: [words(one) for one in array.to_pylist()] for name, array in maps.items()}


def test_a_side_has_its_metrics_and_one_without_means_has_none() -> None:
    rows = Rows((4, 0, 0, "1.5"), (4, 0, 2, "2"), (4, 1, 0, "3"), (6, 1, 1, "4.000001"))
    scores = ScoreMaps(rows)  # type: ignore[arg-type]
    assert _told(scores.of(_places(4, 5))) == {
        "chosen_scores": [{"clear": "1.500000", "whole": "2.000000"}, {}],
        "rejected_scores": [{"clear": "3.000000"}, {}],
    }
    assert _told(scores.of(_places(6))) == {
        "chosen_scores": [{}],
        "rejected_scores": [{"right": "4.000001"}],
    }
    scores.expect_none_left()


@pytest.mark.parametrize("per_batch", [1, 2, 3, 10])
def test_of_two_scales_with_one_metric_the_first_counts(per_batch: int) -> None:
    given = [(1, 0, 1, "1"), (1, 0, 1, "2"), (1, 1, 1, "3"), (1, 1, 1, "4"), (2, 0, 1, "5")]
    scores = ScoreMaps(Rows(*given, per_batch=per_batch))  # type: ignore[arg-type]
    found = _told(scores.of(_places(1, 2)))
    assert found["chosen_scores"] == [{"right": "1.000000"}, {"right": "5.000000"}]
    assert found["rejected_scores"] == [{"right": "3.000000"}, {}]


@pytest.mark.parametrize("asked", [(2,), (1, 3)])
def test_scores_of_other_places_stop_the_build(asked: tuple[int, ...]) -> None:
    scores = ScoreMaps(Rows((1, 0, 1, "1"), (2, 0, 1, "2")))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"not of the places|negative"):
        scores.of(_places(*asked))


def test_scores_that_nobody_asked_for_stop_the_build() -> None:
    scores = ScoreMaps(Rows((1, 0, 1, "1"), (2, 0, 1, "2")))  # type: ignore[arg-type]
    scores.of(_places(1))
    with pytest.raises(ValueError, match="not there"):
        scores.expect_none_left()
