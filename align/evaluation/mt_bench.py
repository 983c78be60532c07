"""MT-Bench's questions answered for FastChat's judge (0.2.36), in its format.

Its folder `data/mt_bench` holds question.jsonl, and model_answer/<model>.jsonl with what we write.
Temperatures by category are FastChat's. Source: Zheng and others, MT-Bench (arXiv 2306.05685).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from align.evaluation.answering import batches, text_answers
from align.evaluation.lines import append_rows, done_rows
from align.evaluation.mt_bench_scores import Question
from align.generate import Decoding, Turn
from align.loading import Loaded
from schemas.base import content_id

ID_DIGITS = 22


def write_mt_bench(
    loaded: Loaded,
    questions: Sequence[Question],
    path: Path,
    model: str,
    *,
    max_new_tokens: int,
    seed: int,
    batch_size: int,
    clock: Callable[[], float],
    advance: Callable[[int], None],
) -> int:
    """Answer every question that the file has no answer of; how many were answered."""
    done = {row.get("question_id") for row in done_rows(path)}
    written = 0
    for same in _by_temperature(questions):
        decoding = Decoding(
            temperature=same[0].temperature, seed=seed, max_new_tokens=max_new_tokens
        )
        for batch in batches(same, batch_size):
            left = [one for one in batch if one.question_id not in done]
            if left:
                turns = _conversed(loaded, batch, decoding)
                rows = [
                    _row(one, turns[place], model, clock())
                    for place, one in enumerate(batch)
                    if one in left
                ]
                append_rows(path, rows)
                written += len(rows)
            advance(len(batch))
    return written


def _by_temperature(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Questions of one temperature together, so that a batch has one; their order stays."""
    groups: dict[float, list[Question]] = defaultdict(list)
    for one in questions:
        groups[one.temperature].append(one)
    yield from groups.values()


def _conversed(loaded: Loaded, batch: Sequence[Question], decoding: Decoding) -> list[list[str]]:
    """The answers to every turn of each question; later turns see the earlier answers."""
    answers: list[list[str]] = [[] for _ in batch]
    for turn in range(max(len(one.turns) for one in batch)):
        places = [place for place, one in enumerate(batch) if turn < len(one.turns)]
        asked = [_conversation(batch[place], answers[place]) for place in places]
        found = text_answers(loaded, asked, decoding)
        for place, text in zip(places, found, strict=True):
            answers[place].append(text)
    return answers


def _conversation(question: Question, answers: Sequence[str]) -> list[Turn]:
    turns = []
    for place in range(len(answers) + 1):
        turns.append(Turn("user", [question.turns[place]]))
        turns += [Turn("assistant", [answers[place]])] if place < len(answers) else []
    return turns


def _row(question: Question, turns: Sequence[str], model: str, at: float) -> dict[str, Any]:
    return {
        "question_id": question.question_id,
        "answer_id": content_id([question.question_id, model, list(turns)])[:ID_DIGITS],
        "model_id": model,
        "choices": [{"index": 0, "turns": list(turns)}],
        "tstamp": at,
    }
