"""MT-Bench's questions answered in FastChat's format."""

import json
from pathlib import Path
from typing import Any

import pytest

from align.evaluation.mt_bench_scores import answer_file, read_questions
from tests.support.pulling import write_lines
from tests.support.trainers import TRAINS

pytestmark = TRAINS
QUESTIONS = [
    {"question_id": 1, "category": "math", "turns": ["Two and two?", "And one more?"]},
    {"question_id": 2, "category": "writing", "turns": ["Name a cup.", "Another."]},
    {"question_id": 3, "category": "math", "turns": ["Three times three?"], "reference": ["9"]},
]


def bench(folder: Path) -> Path:
    """A folder as FastChat's data/mt_bench."""
    write_lines(folder / "question.jsonl", QUESTIONS)
    return folder


def write(folder: Path, size: int = 2, seed: int = 0) -> int:
    from align.evaluation.mt_bench import write_mt_bench
    from align.loading import Loaded
    from tests.support.tiny_models import tiny_llava

    model, reader = tiny_llava()
    return write_mt_bench(
        Loaded(model.eval(), reader, sees=True),
        read_questions(folder),
        answer_file(folder, "dpo-1"),
        "dpo-1",
        max_new_tokens=4,
        seed=seed,
        batch_size=size,
        clock=lambda: 12.5,
        advance=lambda _count: None,
    )


def rows_in(folder: Path) -> dict[int, Any]:
    lines = answer_file(folder, "dpo-1").read_text().splitlines()
    return {row["question_id"]: row for row in map(json.loads, lines)}


def test_answers_are_in_fastchats_format(tmp_path: Path) -> None:
    assert write(bench(tmp_path)) == 3
    rows = rows_in(tmp_path)
    assert set(rows) == {1, 2, 3}
    for row in rows.values():
        assert set(row) == {"question_id", "answer_id", "model_id", "choices", "tstamp"}
        assert (row["model_id"], row["tstamp"], len(row["answer_id"])) == ("dpo-1", 12.5, 22)
    assert [len(rows[n]["choices"][0]["turns"]) for n in (1, 2, 3)] == [2, 2, 1]
    assert rows[1]["choices"][0]["index"] == 0


def test_later_turns_see_earlier_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from align.evaluation import mt_bench

    seen: list[Any] = []

    def said(_loaded: Any, conversations: Any, decoding: Any) -> list[str]:
        seen.extend((decoding.temperature, one) for one in conversations)
        return [f"said {len(one)}" for one in conversations]

    monkeypatch.setattr(mt_bench, "text_answers", said)
    write(bench(tmp_path))
    told = [[(turn.role, turn.parts[0]) for turn in one] for _, one in seen]
    assert [
        ("user", "Two and two?"),
        ("assistant", "said 1"),
        ("user", "And one more?"),
    ] in told
    by_first = {one[0].parts[0]: temperature for temperature, one in seen}
    assert by_first == {"Two and two?": 0.0, "Name a cup.": 0.7, "Three times three?": 0.0}


def test_a_run_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    whole, broken = bench(tmp_path / "whole"), bench(tmp_path / "broken")
    write(whole, seed=5)
    write(broken, seed=5)
    path = answer_file(broken, "dpo-1")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][:-20])
    assert write(broken, seed=5) == 2
    assert rows_in(broken) == rows_in(whole)
    assert write(broken, seed=5) == 0
