from typing import Any

import pytest

from curate.sources.sniff import propose, propose_for
from schemas.errors import SourceError

TURNS = [{"role": "user", "content": "Hi"}]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (
            {"prompt": "q", "response": "a", "model": "m", "image": "1.png", "id": 3},
            {"prompt": "prompt", "response": "response", "model": "model", "images": "image"}
            | {"key": "id"},
        ),
        ({"instruction": "q", "output": "a"}, {"prompt": "instruction", "response": "output"}),
        ({"Question": "q", "Image_Path": "x"}, {"prompt": "Question", "images": "Image_Path"}),
        (
            {"user_prompt": "q", "model_response": "a"},
            {"prompt": "user_prompt", "response": "model_response"},
        ),
        ({"conversations": [{"from": "human", "value": "q"}]}, {"messages": "conversations"}),
        ({"prompt": "q", "responses": ["a"]}, {"prompt": "prompt", "responses": "responses"}),
        ({"query": "q", "video_path": "v"}, {"prompt": "query", "video": "video_path"}),
    ],
)
def test_columns_are_known_by_their_names(row: dict[str, Any], found: dict[str, str]) -> None:
    assert propose([row]) == found


def test_exact_name_beats_a_synonym_and_a_synonym_an_ending() -> None:
    row = {"system_prompt": "s", "question": "q", "prompt": "p"}
    assert propose([row])["prompt"] == "prompt"
    del row["prompt"]
    assert propose([row])["prompt"] == "question"


def test_messages_are_preferred_to_a_prompt() -> None:
    assert propose([{"messages": TURNS, "prompt": "q"}]) == {"messages": "messages"}


def test_column_whose_values_do_not_fit_is_not_proposed() -> None:
    row = {"prompt": 7, "question": "q", "response": ["a"], "image": 3, "messages": ["x"]}
    assert propose([row]) == {"prompt": "question"}


def test_column_that_is_null_in_every_row_is_not_proposed() -> None:
    assert propose([{"prompt": "q", "image": None}, {"prompt": "r"}]) == {"prompt": "prompt"}


def test_column_that_is_null_in_some_rows_is_judged_by_the_others() -> None:
    rows: list[dict[str, Any]]
    rows = [{"prompt": "q", "image": None}, {"prompt": "r", "image": {"bytes": b"", "path": None}}]
    assert propose(rows)["images"] == "image"


def test_numbered_answers_are_taken_together() -> None:
    row = {"prompt": "q", "response_b": "2", "response_a": "1", "response_length": 3}
    assert propose([row])["responses"] == "response_a+response_b"


def test_lone_answer_is_a_reference_unless_a_model_gave_it() -> None:
    assert propose([{"question": "q", "answer": "a"}]) == {
        "prompt": "question",
        "reference": "answer",
    }
    found = propose([{"question": "q", "answer": "a", "model_id": "m"}])
    assert (found["response"], found["model"]) == ("answer", "model_id")
    found = propose([{"question": "q", "answer": "a", "response": "r"}])
    assert (found["response"], found["reference"]) == ("response", "answer")


def test_model_without_an_answer_is_left_out() -> None:
    assert propose([{"prompt": "q", "model": "m"}]) == {"prompt": "prompt"}


def test_proposal_does_not_depend_on_the_order_of_columns() -> None:
    row: dict[str, Any] = {
        "input": "i",
        "question": "q",
        "answer": "a",
        "output": "o",
        "model": "m",
        "uid": "u",
    }
    backwards = dict(reversed(row.items()))
    assert propose([row]) == propose([backwards])


def test_nothing_like_a_prompt_shows_the_columns_and_an_example() -> None:
    with pytest.raises(SourceError) as raised:
        propose_for([{"label": 1, "meta": {"a": 2}}])
    assert "columns: label, meta, meta.a" in str(raised.value)
    assert "--map prompt=label --map response=COLUMN" in str(raised.value)
