"""MT-Bench's questions, and what FastChat's judge (0.2.36) gave their answers.

Its folder `data/mt_bench` holds question.jsonl, model_answer/<model>.jsonl, and
model_judgment/<judge>_single.jsonl, which its own gen_judgment.py writes.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

from align.evaluation.lines import rows_of
from schemas.base import Record
from schemas.errors import AlignError

QUESTIONS, ANSWERS, JUDGMENTS = "question.jsonl", "model_answer", "model_judgment"
TEMPERATURES: Mapping[str, float] = {
    "writing": 0.7,
    "roleplay": 0.7,
    "extraction": 0.0,
    "math": 0.0,
    "coding": 0.0,
    "reasoning": 0.0,
    "stem": 0.1,
    "humanities": 0.1,
}
OTHER = 0.7
JUDGE = "gpt-4"
NO_SCORE = -1
"""What FastChat writes where it found no score in a judgment."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the file: its turns are asked one after another."""

    question_id: int | str
    category: str
    turns: Sequence[str]

    @property
    def temperature(self) -> float:
        """FastChat's for the category."""
        return TEMPERATURES.get(self.category, OTHER)


class MTBenchScore(Record):
    """A model's mean score of 1 to 10, as FastChat's show_result.py means it: over all judgments.

    `stderr` is over questions. `unscored` are judgments in which no score was found, which count
    nothing.
    """

    model: str
    judge: str
    first_turn: float | None
    second_turn: float | None
    score: float | None
    stderr: float | None
    by_category: dict[str, float]
    questions: int
    unscored: int


def read_questions(folder: Path) -> list[Question]:
    """The questions of a benchmark's folder. Raises AlignError where a row is none."""
    path = folder / QUESTIONS
    questions = []
    for number, row in enumerate(rows_of(path, "MT-Bench's questions"), start=1):
        turns = row.get("turns")
        if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
            raise AlignError(
                f"{path}: row {number} has no turns", f"name the folder of {QUESTIONS}"
            )
        if not isinstance(row.get("question_id"), int | str):
            raise AlignError(f"{path}: row {number} has no question_id", "name FastChat's own file")
        questions.append(Question(row["question_id"], str(row.get("category", "")), turns))
    return questions


def answer_file(folder: Path, model: str) -> Path:
    """Where FastChat looks for a model's answers."""
    return folder / ANSWERS / f"{model}.jsonl"


def judge_command(model: str, judge: str = JUDGE) -> str:
    """What to run in FastChat's folder fastchat/llm_judge."""
    return (
        f"python gen_judgment.py --bench-name mt_bench --judge-model {judge} --model-list {model} "
        "--parallel 2"
    )


def read_scores(folder: Path, model: str, judge: str = JUDGE) -> MTBenchScore:
    """A model's score out of the judge's file.

    Raises AlignError where there is none, or it has no judgment of the model.
    """
    path = folder / JUDGMENTS / f"{judge}_single.jsonl"
    if not path.exists():
        raise AlignError(f"{path}: nothing judged yet", f"run: {judge_command(model, judge)}")
    own = [row for row in rows_of(path, "judgments") if row.get("model") == model]
    if not own:
        raise AlignError(f"{path}: no judgment of {model!r}", f"run: {judge_command(model, judge)}")
    scored = [(row, score) for row in own if (score := _score(row)) is not None]
    categories: dict[Any, str] = {one.question_id: one.category for one in read_questions(folder)}
    by_question: dict[Any, list[float]] = defaultdict(list)
    by_category: dict[str, list[float]] = defaultdict(list)
    for row, score in scored:
        by_question[row.get("question_id")].append(score)
        by_category[categories.get(row.get("question_id"), "")].append(score)
    return MTBenchScore(
        model=model,
        judge=judge,
        first_turn=_mean([score for row, score in scored if row.get("turn") == 1]),
        second_turn=_mean([score for row, score in scored if row.get("turn") == 2]),
        score=_mean([score for _, score in scored]),
        stderr=_stderr([fmean(scores) for scores in by_question.values()]),
        by_category={name: fmean(scores) for name, scores in sorted(by_category.items())},
        questions=len(by_question),
        unscored=len(own) - len(scored),
    )


def _score(row: Mapping[str, Any]) -> float | None:
    score = row.get("score")
    if isinstance(score, bool) or not isinstance(score, int | float) or score == NO_SCORE:
        return None
    return float(score) if math.isfinite(score) else None


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


def _stderr(values: Sequence[float]) -> float | None:
    return stdev(values) / math.sqrt(len(values)) if len(values) > 1 else None
