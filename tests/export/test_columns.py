from decimal import Decimal
from pathlib import PurePosixPath

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.columns import entries_of, metrics_of, plain, plain_type, score_columns, without_folders
from schemas.arrow import table_schema

SCORES = pa.map_(pa.string(), pa.decimal128(18, 6))
POINTS = st.decimals(-1000, 1000, places=6)
MAPS = st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), POINTS))


@given(MAPS, st.integers(0, 3))
def test_scores_are_one_field_a_metric_and_null_where_unscored(
    maps: list[dict[str, Decimal]], skip: int
) -> None:
    column = pa.array([list(scores.items()) for scores in maps], SCORES).slice(min(skip, len(maps)))
    metrics = ["a", "b", "never"]
    expected = [
        {metric: float(scores[metric]) if metric in scores else None for metric in metrics}
        for scores in maps[skip:]
    ]
    assert score_columns(column, metrics).to_pylist() == expected


@given(MAPS)
def test_metrics_are_all_keys_once_and_sorted(maps: list[dict[str, Decimal]]) -> None:
    column = pa.array([list(scores.items()) for scores in maps], SCORES)
    assert metrics_of([column, column]) == sorted({key for scores in maps for key in scores})


def test_attributes_are_entries_in_their_order() -> None:
    kind = pa.map_(pa.string(), pa.string())
    column = pa.array([[("x", "0")], [("z", "1"), ("a", "2")], []], kind).slice(1)
    entries = [{"key": "z", "value": "1"}, {"key": "a", "value": "2"}]
    assert entries_of(column).to_pylist() == [entries, []]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("/home/somebody/models/llava-7b", "llava-7b"),
        ("/data/John Smith/set.jsonl", "set.jsonl"),
        ("~/models/llava", "llava"),
        ("C:\\Users\\somebody\\set.csv", "set.csv"),
        (PurePosixPath("/home/somebody/set.csv").as_uri(), "set.csv"),
        ("liuhaotian/llava-v1.5-7b", "liuhaotian/llava-v1.5-7b"),
        ("hf:owner/name", "hf:owner/name"),
        ("images/1.png", "images/1.png"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_folders_of_an_absolute_path_are_cut_off_and_nothing_else(text: str, kept: str) -> None:
    assert without_folders(pa.array([text, None])).to_pylist() == [kept, None]
    assert without_folders(pa.array([[], [text, "m"]])).to_pylist() == [[], [kept, "m"]]


def test_plain_columns_hold_the_same_values_in_types_any_reader_knows() -> None:
    rationales = table_schema("pairs").field("rationales").type
    about = {"rater": "h-0", "kind": "human", "candidate_id": None}
    reason = {**about, "metric": "helpfulness", "text": "clear"}
    column = pa.array([[reason], []], rationales)
    assert plain(column).to_pylist() == [[reason], []]
    assert plain(column).type == plain_type(rationales)
    assert plain(pa.array([Decimal("0.1")], pa.decimal128(18, 6))).to_pylist() == [0.1]
    assert plain(pa.array([3], pa.int32())).type == pa.int64()
