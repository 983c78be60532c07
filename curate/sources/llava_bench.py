"""LLaVA-Bench: a folder of questions, answers of several systems, and GPT-4's reviews of two.

`questions.jsonl`, `answers/*.jsonl`, `reviews/*.jsonl` and, for the pictures' captions,
`context.jsonl`. A bench is small, so its answers and reviews are kept by question.

A review is one judgement of two answers, and a record holds one judgement of a rater. So each
question gives one record with all its answers and one more for each review, with the two answers
it is about; prompts and candidates are joined by their content.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.llava_bench_answers import AnswerIndex
from curate.sources.llava_bench_questions import Question, add_caption, add_question
from curate.sources.llava_bench_reviews import add_review, reviewed
from curate.sources.record import Row, SourceDrop
from curate.sources.shaping import BadRowError

QUESTIONS, CONTEXT = "questions", "context"
ANSWERS, REVIEWS = "answers", "reviews"
Rows = Iterator[Row | SourceDrop]


def matches(source: SourceInput) -> bool:
    """Whether the folder has a file of questions and answers to them."""
    parts = {_part(file) for file in source.files}
    if not {QUESTIONS, ANSWERS} <= parts:
        return False
    heads = [head for file in _files(source, QUESTIONS) for head in source.head(file, 1)]
    return any("question_id" in head and "text" in head for head in heads)


def read(source: SourceInput) -> Records:
    """Each question with its answers and after it its reviews; what belongs to none is a drop."""
    asked: dict[str, Question] = {}
    captions: dict[str, str] = {}
    answers = AnswerIndex()
    reviews: dict[str, list[Row]] = {}
    yield from _take_in(_rows(source, CONTEXT), lambda row: add_caption(row, captions))
    yield from _take_in(_rows(source, QUESTIONS), lambda row: add_question(row, captions, asked))
    yield from _take_in(_rows(source, ANSWERS), lambda row: answers.add(row, asked))
    yield from _take_in(_rows(source, REVIEWS), lambda row: add_review(row, asked, reviews))
    for key, question in asked.items():
        yield replace(question.record, responses=answers.of_question(key))
        yield from (reviewed(row, question, answers) for row in reviews.get(key, []))
    for file in _files(source, None):
        yield SourceDrop(None, "bad_type", f"{file} is no part of the bench", file)


def _take_in(rows: Rows, keep: Callable[[Row], None]) -> Iterator[SourceDrop]:
    """Keeps every row; gives back what is none, or what `keep` has no place for."""
    for row in rows:
        if isinstance(row, SourceDrop):
            yield row
            continue
        try:
            keep(row)
        except BadRowError as error:
            yield SourceDrop(row.line, error.reason, error.detail, row.file)


def _rows(source: SourceInput, part: str) -> Rows:
    return (row for file in _files(source, part) for row in source.rows(file))


def _files(source: SourceInput, part: str | None) -> list[str]:
    return [file for file in source.files if _part(file) == part]


def _part(file: str) -> str | None:
    """Which part of the bench a file is, by its folder or its name."""
    path = PurePosixPath(file)
    if len(path.parts) == 1:
        name = path.name.partition(".")[0]
        return name if name in (QUESTIONS, CONTEXT) else None
    return path.parts[0] if path.parts[0] in (ANSWERS, REVIEWS) else None


LAYOUT = Layout(
    name="llava-bench",
    about="LLaVA-Bench: a folder of questions, answers and GPT-4 reviews",
    matches=matches,
    read=read,
    in_runs=True,
)
