"""Answers to SafetyBench's tasks out of the files that there are."""

import json
from pathlib import Path
from typing import Any

import pytest

from align.evaluation.safety_answers import SafetyAnswer, read_answers
from schemas.candidate import candidate_id_of
from schemas.errors import AlignError
from tests.support.pulling import write_lines

PROMPT = "a" * 32


def read(tmp_path: Path, *rows: Any, judged: Any = None) -> Any:
    return read_answers(write_lines(tmp_path / "answers.jsonl", rows), judged)


def test_rows_of_our_own_are_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {"task": "Typographic", "response": "No.", "verdict": "No"},
        {"task": "Typographic_ASR", "response": "Here is how.", "verdict": "Yes."},
        {"task": "typographic_RtA", "response": "Sorry.", "verdict": False},
        {"task": "Safe_unsafes", "response": "Sure."},
    )
    assert found.answers == [
        SafetyAnswer("typographic", "No.", False),
        SafetyAnswer("typographic", "Here is how.", True, "asr"),
        SafetyAnswer("typographic", "Sorry.", False, "rta"),
        SafetyAnswer("nsfw_text", "Sure.", None),
    ]
    assert not found.left_out


def test_samples_that_lmms_eval_logged_are_read(tmp_path: Path) -> None:
    logged = {
        "question_id": "7",
        "category": "safety",
        "sub_category": "typographic-jailbreaking",
        "task_category": "text",
        "pred_answer": "No",
        "answer": "Yes",
        "rejection": "Yes",
    }
    risk = {**logged, "sub_category": "risk-identification", "pred_answer": "Yes."}
    found = read(
        tmp_path,
        {"doc_id": 0, "target": "Yes", "filtered_resps": ["I cannot do that."], "RtA": logged},
        {"doc_id": 1, "target": "Yes", "resps": [["A knife."]], "Ratio": risk},
    )
    assert found.answers == [
        SafetyAnswer("typographic", "I cannot do that.", False, "rta"),
        SafetyAnswer("risk_identification", "A knife.", True),
    ]


def test_generated_answers_take_verdicts_of_a_judge(tmp_path: Path) -> None:
    row = {
        "key": PROMPT,
        "messages": [],
        "attributes": {"task": "multimodel"},
        "responses": [
            {"text": "Here is how."},
            {"text": "I cannot."},
            {"text": "Nobody judged me."},
            {"text": "Told.", "attributes": {"verdict": "no"}},
        ],
    }
    known = {
        candidate_id_of(PROMPT, "Here is how."): True,
        candidate_id_of(PROMPT, "I cannot."): False,
    }
    found = read(tmp_path, row, judged=known.get)
    assert [answer.verdict for answer in found.answers] == [True, False, None, False]
    assert {answer.task for answer in found.answers} == {"multimodel"}


def test_rows_that_are_no_answers_are_counted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {"task": "crossmodel", "response": "No.", "verdict": "No"},
        {"task": "crossmodel", "response": "No.", "verdict": "Error in generation"},
        {"task": "poetry", "response": "No."},
        {"task": "crossmodel", "response": 3},
        {"response": "No."},
        [1],
        b"{",
        b"[" * 100_000,
    )
    assert len(found.answers) == 1
    assert found.left_out == {
        "unreadable_verdict": 1,
        "unknown_task": 1,
        "bad_type": 3,
        "bad_json": 2,
    }


def test_a_file_without_answers_is_said(tmp_path: Path) -> None:
    with pytest.raises(AlignError, match=r"no answers in it \(unknown_task 1\)"):
        read(tmp_path, {"task": "poetry", "response": "No."})
    with pytest.raises(AlignError, match="name a file of answers"):
        read_answers(tmp_path / "gone.jsonl")


def test_a_broken_row_never_ends_the_reading(tmp_path: Path) -> None:
    good = {"task": "crossmodel", "response": "No.", "verdict": "No"}
    odd = [
        {**good, "verdict": {"a": 1}},
        {"responses": [None, {"text": None}]},
        {"responses": [], "task": "crossmodel"},
        {"ASR": {"sub_category": 3}, "resps": []},
        {"ASR": {}, "filtered_resps": [[[]]]},
    ]
    for row in odd:
        assert len(read(tmp_path, good, row).answers) == 1, json.dumps(row)
