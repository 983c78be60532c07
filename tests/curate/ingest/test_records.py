"""Prompts and answers of a record: what is believed, and the reason for what is not."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.ingest.records import Ingested
from curate.ingest.text import RecordFaultError
from curate.sources.record import SourceDrop, SourceMedium, SourceResponse, SourceTurn
from schemas.candidate import Generation, Medium, candidate_id_of, prompt_id_of
from tests.support.records import INGEST, MEDIUM, PICTURE, details, drops, ingested, record

LONE = "\ud800"


def test_record_becomes_a_prompt_with_its_candidates() -> None:
    found = ingested(
        record(PICTURE, "Which colour?", answers=["Red", "Blue"], key="q1", reference="Red"),
        [MEDIUM],
    )
    assert found.prompt is not None
    assert found.prompt.prompt_id == prompt_id_of(found.prompt.messages, [MEDIUM])
    assert (found.prompt.source, found.prompt.source_key) == ("sample", "q1")
    assert found.prompt.reference == "Red"
    assert [one.response for one in found.candidates] == ["Red", "Blue"]
    assert found.candidates[0].candidate_id == candidate_id_of(found.prompt.prompt_id, "Red")
    assert drops(found) == []


def test_turns_keep_their_order_with_media_by_index() -> None:
    turns = [
        SourceTurn("system", ["Be brief."]),
        SourceTurn("user", [PICTURE, "What is it?", PICTURE]),
        SourceTurn("assistant", ["A cat."]),
        SourceTurn("user", ["And now?"]),
    ]
    found = ingested(record(turns=turns), [MEDIUM, MEDIUM])
    assert found.prompt is not None
    parts = [
        [part.text or part.media_index for part in turn.parts] for turn in found.prompt.messages
    ]
    assert parts == [["Be brief."], [0, "What is it?", 1], ["A cat."], ["And now?"]]


def test_equal_questions_on_unread_pictures_stay_apart_by_path() -> None:
    kept = [Medium(kind="image", path=path) for path in ("a.png", "b.png")]
    prompts = [ingested(record(PICTURE, "What?"), [medium]).prompt for medium in kept]
    assert len({prompt.prompt_id for prompt in prompts if prompt}) == 2


def test_prompt_without_answers_is_a_prompt() -> None:
    found = ingested(record("Why?"))
    assert found.prompt is not None
    assert not found.candidates


def test_picture_alone_is_a_prompt_and_text_alone_is_one() -> None:
    assert ingested(record(PICTURE), [MEDIUM]).prompt is not None
    assert ingested(record("Why?")).prompt is not None


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (["  \n"], "empty_prompt"),
        ([""], "empty_prompt"),
        ([5], "bad_type"),
        ([["nested"]], "bad_type"),
        ([None], "bad_type"),
        ([f"a{LONE}b"], "bad_encoding"),
        (["a\0b"], "bad_encoding"),
    ],
)
def test_prompt_that_cannot_be_used_takes_its_answers_along(parts: list[Any], reason: str) -> None:
    found = ingested(record(*parts, answers=["Red", "Blue"]))
    assert found.prompt is None
    assert drops(found) == [
        ("prompt", "a.jsonl:7", reason),
        ("candidate", "a.jsonl:7#0", reason),
        ("candidate", "a.jsonl:7#1", reason),
    ]


@pytest.mark.parametrize(
    "turns",
    [
        [SourceTurn("user", ["Q"]), SourceTurn("assistant", ["A"])],
        [SourceTurn("wizard", ["Q"])],  # type: ignore[arg-type]
    ],
)
def test_turns_that_are_no_prompt_are_of_a_bad_type(turns: Sequence[SourceTurn]) -> None:
    assert drops(ingested(record(turns=turns)))[0][2] == "bad_type"


def test_no_turns_are_an_empty_prompt() -> None:
    assert drops(ingested(record(turns=[]))) == [("prompt", "a.jsonl:7", "empty_prompt")]


def test_medium_that_cannot_be_taken_drops_prompt_and_answers_with_its_reason() -> None:
    def read() -> Sequence[Medium]:
        raise RecordFaultError("unreadable_media", "'a.png': it is empty")

    given_record = record(PICTURE, "What?", answers=["Red"])
    words = INGEST.words(given_record)
    assert not isinstance(words, Ingested)
    found = INGEST.record(given_record, words, read)
    assert [drop[2] for drop in drops(found)] == ["unreadable_media", "unreadable_media"]
    assert "'a.png': it is empty" in details(found)


def test_a_prompt_with_bad_words_is_lost_before_its_media_are_asked_for() -> None:
    found = INGEST.words(record(PICTURE, f"What{LONE}?"))
    assert isinstance(found, Ingested)
    assert drops(found)[0][2] == "bad_encoding"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "empty_response"),
        ("", "empty_response"),
        (" \t\n\u00a0", "empty_response"),
        (3, "bad_type"),
        (True, "bad_type"),
        ({"text": "Red"}, "bad_type"),
        ([["Red"]], "bad_type"),
        (b"Red", "bad_type"),
        (f"Red{LONE}", "bad_encoding"),
        ("Red\0", "bad_encoding"),
        ("Error: 503 Service Unavailable", "error_text"),
    ],
)
def test_answer_that_cannot_be_used_leaves_and_the_others_stay(text: Any, reason: str) -> None:
    found = ingested(record(answers=["Blue", text]))
    assert [one.response for one in found.candidates] == ["Blue"]
    assert drops(found) == [("candidate", "a.jsonl:7#1", reason)]


@pytest.mark.parametrize(
    "text",
    [
        "שלום עולם \u202eabc\u202c",
        "é" * 500_000,
        "\u0001\u001b[31m red",
        "👩‍👩‍👧",
        "A",
        " spaced ",
        "\ufffe",
    ],
)
def test_odd_text_stays_as_given(text: str) -> None:
    assert ingested(record(answers=[text])).candidates[0].response == text


def test_answers_that_differ_in_case_or_space_are_different_candidates() -> None:
    assert len(ingested(record(answers=["Aim", "aim", "aim "])).candidates) == 3


def test_same_answer_of_two_models_is_one_candidate_with_two_generations() -> None:
    answers = [
        SourceResponse("Red", "model-b", {"temperature": 0.7, "a": 1}),
        SourceResponse("Red", "model-a"),
        SourceResponse("Red", "model-a"),
    ]
    (candidate,) = ingested(record(answers=answers)).candidates
    assert candidate.generations == (
        Generation(model="model-a"),
        Generation(model="model-b", sampling='{"a":1,"temperature":0.7}'),
    )


def test_answer_without_a_model_has_no_generation() -> None:
    assert ingested(record(answers=["Red"])).candidates[0].generations == ()


def test_settings_without_a_model_are_kept() -> None:
    (candidate,) = ingested(record(answers=[SourceResponse("Red", None, {"n": 1})])).candidates
    assert candidate.generations == (Generation(model="unknown", sampling='{"n":1}'),)


def test_written_answer_keeps_its_origin_and_a_sampled_copy_makes_it_sampled() -> None:
    written = SourceResponse("Red", origin="written")
    assert ingested(record(answers=[written])).candidates[0].origin == "written"
    assert ingested(record(answers=[written, "Red"])).candidates[0].origin == "sampled"


def test_refusal_is_flagged_and_stays() -> None:
    found = ingested(record(answers=["I'm sorry, but I can't help with that.", "Red"]))
    assert [one.attributes for one in found.candidates] == [{"refusal": "true"}, {}]


def test_sources_own_refusal_attribute_stands() -> None:
    answer = SourceResponse("I cannot help with that.", attributes={"refusal": "false", "b": "x"})
    attributes = ingested(record(answers=[answer])).candidates[0].attributes
    assert list(attributes.items()) == [("b", "x"), ("refusal", "false")]


def test_attributes_are_texts_by_sorted_name() -> None:
    values: Any = {"z": "x", "a": {"k": [1, True]}, "n": 3, "none": None}
    found = ingested(record("Q", attributes=values))
    assert found.prompt is not None
    assert list(found.prompt.attributes.items()) == [
        ("a", '{"k":[1,true]}'),
        ("n", "3"),
        ("z", "x"),
    ]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"attributes": {"a": LONE}}, "bad_encoding"),
        ({"attributes": {LONE: "a"}}, "bad_encoding"),
        ({"attributes": {"a": b"x"}}, "bad_type"),
        ({"attributes": {"a": float("nan")}}, "bad_type"),
        ({"attributes": "no map"}, "bad_type"),
        ({"reference": 5}, "bad_type"),
        ({"reference": "\0"}, "bad_encoding"),
        ({"key": LONE}, "bad_encoding"),
    ],
)
def test_field_beside_the_prompt_is_checked_too(fields: dict[str, Any], reason: str) -> None:
    assert drops(ingested(record("Q", **fields))) == [("prompt", "a.jsonl:7", reason)]


@pytest.mark.parametrize(
    "answer",
    [
        SourceResponse("Red", model=5),  # type: ignore[arg-type]
        SourceResponse("Red", sampling={"a": object()}),
        SourceResponse("Red", origin="stolen"),  # type: ignore[arg-type]
        SourceResponse("Red", attributes=[1]),  # type: ignore[arg-type]
        SourceResponse("Red", key=object()),  # type: ignore[arg-type]
    ],
)
def test_answer_with_a_field_of_a_wrong_type_is_dropped(answer: SourceResponse) -> None:
    assert drops(ingested(record(answers=[answer]))) == [("candidate", "a.jsonl:7#0", "bad_type")]


def test_ids_with_slashes_and_dots_are_only_text() -> None:
    found = ingested(record("Q", key="../../etc/passwd", file="../up/a.jsonl", answers=[None]))
    assert found.prompt is not None
    assert found.prompt.source_key == "../../etc/passwd"
    assert drops(found) == [("candidate", "../up/a.jsonl:7#0", "empty_response")]


def test_row_that_was_no_record_is_a_row_with_its_place() -> None:
    row = INGEST.drop(SourceDrop(3, "bad_json", f"line ends {LONE}\0 early", "b.jsonl"))
    assert (row.level, row.id, row.line, row.reason) == ("row", "b.jsonl:3", 3, "bad_json")
    assert row.detail == "line ends \\ud800\\0 early"


def test_detail_is_cut_short() -> None:
    row = INGEST.drop(SourceDrop(None, "bad_json", "x" * 10_000))
    assert row.id == "data:?"
    assert len(str(row.detail)) < 600


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.lists(junk, max_size=4), st.lists(junk, max_size=4), junk, junk, junk)
def test_every_answer_of_any_record_is_kept_merged_or_dropped(
    parts: list[Any], answers: list[Any], reference: Any, key: Any, attributes: Any
) -> None:
    given_record = record(
        turns=[SourceTurn("user", parts)],
        answers=answers,
        reference=reference,
        key=key,
        attributes=attributes,
    )
    found = ingested(given_record)
    lost = [row for row in found.dropped if row.level == "candidate"]
    texts = [text for text in answers if isinstance(text, str)]
    assert (found.prompt is None) == any(row.level == "prompt" for row in found.dropped)
    if found.prompt is None:
        assert len(lost) == len(answers)
    else:
        kept = {one.response for one in found.candidates}
        assert len(lost) + sum(text in kept for text in texts) == len(answers)


@given(junk)
def test_any_medium_value_is_counted(value: Any) -> None:
    """A part that is no text and no medium is a fault, never a crash."""
    parts = [value, SourceMedium(path="a.png")]
    found = ingested(record(*parts), [MEDIUM])
    assert (found.prompt is None) == (drops(found) != [])
