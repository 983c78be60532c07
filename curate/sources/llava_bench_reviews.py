"""GPT-4's reviews of LLaVA-Bench: two answers, a score from 1 to 10 for each, and the reasons.

`tuple` holds the scores in the order the answers were shown; the authors' script writes [-1, -1]
where it found no scores in the text.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from curate.sources.llava_bench_answers import AnswerIndex
from curate.sources.llava_bench_questions import Question, asked_key
from curate.sources.record import (
    Row,
    SourceDrop,
    SourceFailure,
    SourceRating,
    SourceRecord,
    SourceResponse,
)
from curate.sources.scores import number_of
from curate.sources.shaping import BadRowError, as_name, as_text, shown
from schemas.rubric import OVERALL

JUDGE = "gpt-4"
SCALES = {OVERALL: (1.0, 10.0)}
NOT_FOUND = -1


def add_review(row: Row, asked: Mapping[str, Question], reviews: dict[str, list[Row]]) -> None:
    """Take in a review. Raises BadRowError for one of no question."""
    reviews.setdefault(asked_key(row, asked), []).append(row)


def reviewed(row: Row, question: Question, answers: AnswerIndex) -> SourceRecord | SourceDrop:
    """The question with the two answers of a review and its scores, or its failure."""
    try:
        return _reviewed(row, question.record, answers)
    except BadRowError as error:
        return SourceDrop(row.line, error.reason, error.detail, row.file)


def _reviewed(row: Row, asked: SourceRecord, answers: AnswerIndex) -> SourceRecord:
    values = row.values
    pair = [
        answers.find(str(asked.key), as_name(values.get(place), place), place)
        for place in ("answer1_id", "answer2_id")
    ]
    if pair[0] is pair[1]:
        raise BadRowError(f"the review compares {shown(pair[0].key)} with itself", "contradiction")
    record = replace(asked, line=row.line, file=row.file, scales=SCALES)
    scores = _scores(values.get("tuple"))
    if scores is None:
        detail = f"no score for each answer: tuple is {shown(values.get('tuple'))}"
        failure = SourceFailure("unparsable", rater=JUDGE, kind="judge", detail=detail)
        return replace(record, responses=pair, failures=[failure])
    reason = as_text(values.get("content"), "content")
    rated = [_rated(answer, scores[n], n, reason) for n, answer in enumerate(pair)]
    return replace(record, responses=rated)


def _scores(value: Any) -> list[float] | None:
    """One score an answer, or null where the review has not got them."""
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return None
    numbers = [number_of(score) for score in value]
    scores = [number for number in numbers if number is not None and number != NOT_FOUND]
    return scores if len(scores) == len(numbers) else None


def _rated(
    answer: SourceResponse, score: float, position: int, reason: str | None
) -> SourceResponse:
    rationales = {OVERALL: reason} if reason else {}
    rating = SourceRating(
        JUDGE, "judge", scores={OVERALL: score}, rationales=rationales, position=position
    )
    return replace(answer, ratings=[rating])
