import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.native import LAYOUT, ROW_KEYS, record_of
from curate.sources.record import Row, SourceMedium, SourceRecord
from curate.sources.shaping import BadRowError
from tests.support.sources import (
    drops_of,
    lines_file,
    only_drop,
    only_record,
    seen,
    source_of,
)

WHOLE: dict[str, Any] = {
    "prompt": "How many cups?",
    "images": ["cups.png"],
    "reference": "Three.",
    "attributes": {"category": "count", "level": 2, "note": None},
    "key": 17,
    "scales": {"Helpfulness": [0, 4], "overall": [1, 10]},
    "responses": [
        {
            "text": "Three.",
            "model": "a",
            "sampling": {"temperature": 0.7},
            "key": "r1",
            "attributes": {"refusal": True},
            "ratings": [
                {"rater": "h1", "kind": "human", "Helpfulness": 4, "rationale": "right"},
                {"rater": "j1", "kind": "judge", "version": "v1", "overall": 9, "position": 1},
            ],
        },
        {"text": "Two.", "model": "b", "origin": "written"},
    ],
    "rankings": [{"rater": "h1", "kind": "human", "tiers": [[0], [1]], "rationale": "clear"}],
    "failures": [{"rater": "j2", "kind": "judge", "reason": "blocked", "detail": "safety"}],
}


def read_rows(folder: Path, *rows: Any) -> list[Any]:
    return list(LAYOUT.read(source_of(lines_file(folder, rows))))


def bad(values: dict[str, Any]) -> BadRowError:
    with pytest.raises(BadRowError) as raised:
        record_of(Row(1, {"prompt": "q", **values}), Path())
    return raised.value


def test_whole_row_becomes_one_record(tmp_path: Path) -> None:
    record = only_record(read_rows(tmp_path, WHOLE))
    assert seen(record.turns) == [("user", ["[image cups.png]", "How many cups?"])]
    assert (record.reference, record.key, record.line) == ("Three.", "17", 1)
    assert record.attributes == {"category": "count", "level": "2"}
    assert record.scales == {"helpfulness": (0, 4), "overall": (1, 10)}
    assert [answer.text for answer in record.responses] == ["Three.", "Two."]
    assert [answer.origin for answer in record.responses] == ["sampled", "written"]
    assert record.responses[0].attributes == {"refusal": "true"}
    assert record.rankings[0].tiers == [[0], [1]]
    assert (record.failures[0].reason, record.failures[0].kind) == ("blocked", "judge")


def test_ratings_keep_rater_scores_and_reasons(tmp_path: Path) -> None:
    person, judge = only_record(read_rows(tmp_path, WHOLE)).responses[0].ratings
    assert (person.rater, person.kind, person.scores) == ("h1", "human", {"helpfulness": 4})
    assert person.rationales == {"overall": "right"}
    assert (judge.version, judge.position, judge.scores) == ("v1", 1, {"overall": 9})


def test_prompt_alone_is_a_record_without_answers(tmp_path: Path) -> None:
    record = only_record(read_rows(tmp_path, {"prompt": "Why?"}))
    assert (seen(record.turns), record.responses, record.scales) == (
        [("user", ["Why?"])],
        [],
        None,
    )


def test_messages_stand_for_the_prompt(tmp_path: Path) -> None:
    messages = [
        {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Hi"}]},
        {"role": "assistant", "content": "Hello"},
        {"role": "user", "content": "And <image>?"},
    ]
    row = {"messages": messages, "images": ["1.png", "2.png"]}
    assert seen(only_record(read_rows(tmp_path, row)).turns) == [
        ("user", ["[image 1.png]", "Hi"]),
        ("assistant", ["Hello"]),
        ("user", ["And ", "[image 2.png]", "?"]),
    ]


def test_video_that_is_a_folder_is_frames(tmp_path: Path) -> None:
    (tmp_path / "clip").mkdir()
    record = only_record(read_rows(tmp_path, {"prompt": "What moves?", "video": "clip"}))
    assert record.turns[0].parts[0] == SourceMedium("frames", "clip")


def test_one_text_of_several_models_is_one_answer_each_with_ratings_once(tmp_path: Path) -> None:
    generations = [{"model": "a", "sampling": {"seed": 1}}, {"model": "b"}]
    row = {
        "prompt": "q",
        "responses": [
            {"text": "x", "generations": generations, "ratings": [{"overall": 3}]},
            {"text": "y", "model": "c"},
        ],
        "rankings": [{"tiers": [[1], [0]]}],
    }
    record = only_record(read_rows(tmp_path, row))
    made = [(one.text, one.model, one.sampling, len(one.ratings)) for one in record.responses]
    assert made == [("x", "a", {"seed": 1}, 1), ("x", "b", None, 0), ("y", "c", None, 0)]
    assert record.rankings[0].tiers == [[2], [0]]


def test_text_of_an_answer_is_left_to_ingest(tmp_path: Path) -> None:
    row = {"prompt": "q", "responses": [{"text": 7}, {"text": None}, {"model": "a"}]}
    assert [one.text for one in only_record(read_rows(tmp_path, row)).responses] == [7, None, None]


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"responsez": []}, "'responsez' unknown; did you mean 'responses'"),
        ({"responses": [{"txt": "x"}]}, r"'responses\[0\]\.txt' unknown; did you mean 'text'"),
        ({"rankings": [{"tier": [[0]]}]}, r"'rankings\[0\]\.tier' unknown"),
        ({"failures": [{"why": "x"}]}, r"'failures\[0\]\.why' unknown"),
        (
            {"responses": [{"text": "x", "generations": [{"modelz": "a"}]}]},
            r"'responses\[0\]\.generations\[0\]\.modelz' unknown; did you mean 'model'",
        ),
    ],
)
def test_unknown_key_drops_the_row_and_names_the_nearest(values: dict[str, Any], what: str) -> None:
    error = bad(values)
    assert error.reason == "bad_type"
    assert re.search(what, error.detail)


def test_unknown_keys_inside_messages_drop_the_row() -> None:
    for message, key in (
        ({"role": "user", "content": "x", "weight": 1}, "messages[0].weight"),
        ({"role": "user", "content": [{"type": "text", "txt": "x"}]}, "messages[0].content[0].txt"),
    ):
        with pytest.raises(BadRowError) as raised:
            record_of(Row(1, {"messages": [message]}), Path())
        assert f"{key!r} unknown" in raised.value.detail


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"messages": []}, "both prompt and messages"),
        ({"prompt": 7}, "prompt is int 7"),
        ({"images": [7]}, "images[0] is int 7"),
        ({"responses": "x"}, "responses is str 'x'"),
        ({"responses": ["x"]}, "responses[0] is str 'x'"),
        ({"responses": [{"text": "x", "model": 1.5}]}, "responses[0].model is float"),
        ({"responses": [{"text": "x", "origin": "made"}]}, "responses[0].origin is 'made'"),
        ({"responses": [{"text": "x", "sampling": "hot"}]}, "responses[0].sampling is str"),
        (
            {"responses": [{"text": "x", "model": "a", "generations": [{"model": "b"}]}]},
            "beside a model",
        ),
        ({"attributes": "x"}, "attributes is str"),
        ({"reference": 3}, "reference is int 3"),
        (
            {"responses": [{"text": "x"}], "rankings": [{"tiers": [[0], [1]]}]},
            "rankings[0].tiers names response 1, but the row has 1 from 0",
        ),
    ],
)
def test_value_of_the_wrong_type_drops_the_row(values: dict[str, Any], what: str) -> None:
    error = bad(values)
    assert (error.reason, what in error.detail) == ("bad_type", True), error.detail


def test_bad_row_is_a_drop_with_its_line_and_reading_goes_on(tmp_path: Path) -> None:
    items = read_rows(tmp_path, {"prompt": "a"}, {"prompt": 7}, b"{", {"prompt": "b"})
    assert drops_of(items) == [(2, "bad_type"), (3, "bad_json")]
    assert sum(isinstance(item, SourceRecord) for item in items) == 2


def test_messages_that_end_with_an_answer_are_no_prompt(tmp_path: Path) -> None:
    messages = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    drop = only_drop(read_rows(tmp_path, {"messages": messages}))
    assert "not the user" in drop.detail


def test_null_stands_for_a_missing_key_so_that_parquet_holds_the_layout(tmp_path: Path) -> None:
    rows = [
        {"prompt": "q", "responses": [{"text": "a", "ratings": [{"rater": "h", "overall": 2}]}]},
        {"messages": [{"role": "user", "content": "q2"}], "key": "k"},
        {"prompt": "q3", "rankings": [{"tiers": [[0]]}], "responses": [{"text": "b"}]},
    ]
    pq.write_table(pa.Table.from_pylist(_padded(rows)), tmp_path / "data.parquet")
    records = list(LAYOUT.read(source_of(tmp_path / "data.parquet")))
    (tmp_path / "lines").mkdir()
    same = list(LAYOUT.read(source_of(lines_file(tmp_path / "lines", rows, "data.parquet.jsonl"))))
    assert [_content(one) for one in records] == [_content(one) for one in same]


def test_rows_of_our_keys_are_recognised(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [WHOLE, {"messages": [{"role": "user", "content": "q"}]}])
    assert LAYOUT.matches(source_of(path))


def test_row_with_a_typing_error_is_still_ours_by_its_votes(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [WHOLE, {"prompt": "q", "referencez": "x"}])
    assert LAYOUT.matches(source_of(path))


@pytest.mark.parametrize(
    "row",
    [
        {"prompt": "q", "chosen": "a", "rejected": "b"},
        {"prompt": "q", "responses": ["a", "b"]},
        {"prompt": "q", "responses": [{"content": "a"}]},
        {"prompt": "q", "response": "a", "model": "m"},
        {"question": "q", "images": []},
    ],
)
def test_other_rows_are_not_taken_for_ours(tmp_path: Path, row: dict[str, Any]) -> None:
    assert not LAYOUT.matches(source_of(lines_file(tmp_path, [row])))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5) | st.sampled_from(["text", "tiers", "type"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(ROW_KEYS), JSON))
def test_any_values_under_our_keys_give_a_record_or_a_bad_row(values: dict[str, Any]) -> None:
    with suppress(BadRowError):
        assert record_of(Row(1, values), Path("nowhere")).turns[-1].role == "user"


def _padded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = {key for row in rows for key in row}
    return [{key: row.get(key) for key in sorted(keys)} for row in rows]


def _content(record: Any) -> Any:
    assert isinstance(record, SourceRecord)
    return json.dumps(
        [
            seen(record.turns),
            [(one.text, [rating.scores for rating in one.ratings]) for one in record.responses],
            [ranking.tiers for ranking in record.rankings],
            record.key,
        ]
    )
