"""MT-Bench's questions, and the scores of FastChat's judge read back."""

import contextlib
import io
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from align.evaluation.mt_bench_scores import judge_command, read_questions, read_scores
from schemas.errors import AlignError
from tests.support.needed import missing
from tests.support.pulling import write_lines

QUESTIONS = [
    {"question_id": 1, "category": "math", "turns": ["Two and two?", "And one more?"]},
    {"question_id": 2, "category": "writing", "turns": ["Name a cup.", "Another."]},
    {"question_id": 3, "category": "math", "turns": ["Three times three?"], "reference": ["9"]},
]


def bench(folder: Path) -> Path:
    """A folder as FastChat's data/mt_bench."""
    write_lines(folder / "question.jsonl", QUESTIONS)
    return folder


def judgment(question: int, turn: int, score: float, model: str = "dpo-1") -> dict[str, Any]:
    return {
        "question_id": question,
        "model": model,
        "judge": ["gpt-4", "single-v1" if turn == 1 else "single-v1-multi-turn"],
        "user_prompt": "Grade it.",
        "judgment": f"Rating: [[{score}]]",
        "score": score,
        "turn": turn,
        "tstamp": 1.5,
    }


def judged(folder: Path) -> Path:
    rows = [
        *(judgment(1, 1, 8), judgment(1, 2, 6), judgment(2, 1, 9), judgment(2, 2, -1)),
        *(judgment(3, 1, 4), judgment(1, 1, 1, "other")),
    ]
    write_lines(folder / "model_judgment" / "gpt-4_single.jsonl", rows)
    return folder


def test_scores_are_means_over_judgments_with_a_score(tmp_path: Path) -> None:
    found = read_scores(judged(bench(tmp_path)), "dpo-1")
    assert (found.first_turn, found.second_turn, found.score) == (7.0, 6.0, 6.75)
    assert found.by_category == {"math": 6.0, "writing": 9.0}
    assert (found.questions, found.unscored) == (3, 1)
    assert found.stderr == pytest.approx(1.452966, abs=1e-6)


@pytest.mark.train
@pytest.mark.filterwarnings("ignore")
def test_scores_are_those_that_fastchat_shows(tmp_path: Path) -> None:
    if find_spec("fastchat") is None:
        missing("FastChat is not installed (make train-test installs it)")
    from fastchat.llm_judge.show_result import display_result_single

    path = judged(bench(tmp_path)) / "model_judgment" / "gpt-4_single.jsonl"
    asked = SimpleNamespace(input_file=str(path), bench_name="mt_bench", model_list=["dpo-1"])
    with contextlib.redirect_stdout(io.StringIO()) as out:
        display_result_single(asked)
    shown = [float(line.split()[-1]) for line in out.getvalue().splitlines() if "dpo-1" in line]
    found = read_scores(tmp_path, "dpo-1")
    assert shown == [found.first_turn, found.second_turn, found.score]


def test_what_is_not_judged_says_how_to_judge_it(tmp_path: Path) -> None:
    command = judge_command("dpo-1")
    with pytest.raises(AlignError, match=f"nothing judged yet; run: {command}"):
        read_scores(bench(tmp_path), "dpo-1")
    with pytest.raises(AlignError, match="no judgment of 'dpo-2'"):
        read_scores(judged(tmp_path), "dpo-2")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"question_id": 1}, "row 1 has no turns"),
        ({"question_id": 1, "turns": [3]}, "row 1 has no turns"),
        ({"turns": ["a"]}, "row 1 has no question_id"),
        ([1], "row 1 is no object"),
        (b"{", "line 1: no valid JSON"),
    ],
)
def test_what_is_no_question_is_said(tmp_path: Path, row: Any, error: str) -> None:
    write_lines(tmp_path / "question.jsonl", [row])
    with pytest.raises(AlignError, match=error):
        read_questions(tmp_path)
