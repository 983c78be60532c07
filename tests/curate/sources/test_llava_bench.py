from typing import Any

import pytest

from curate.sources.llava_bench import LAYOUT
from curate.sources.record import SourceDrop, SourceRecord
from tests.support.layout_examples import answer, bench, review
from tests.support.source_input import MemorySource, scores_of, texts_of

QUESTION: dict[str, Any] = {
    "image": "001.jpg",
    "text": "What is it?",
    "category": "conv",
    "question_id": 0,
}


def records(source: MemorySource) -> list[SourceRecord]:
    items = list(LAYOUT.read(source))
    assert not [item for item in items if isinstance(item, SourceDrop)], items
    return [item for item in items if isinstance(item, SourceRecord)]


def drops(source: MemorySource) -> list[tuple[str | None, int | None, str]]:
    items = LAYOUT.read(source)
    return [(item.file, item.line, item.reason) for item in items if isinstance(item, SourceDrop)]


def test_question_comes_with_the_answers_of_all_systems() -> None:
    question = records(bench())[0]
    assert texts_of(question) == ["A mountain.", "A hill."]
    assert [one.model for one in question.responses] == ["system-a", "system-b"]
    assert [one.key for one in question.responses] == ["x1", "x2"]
    assert not any(one.ratings for one in question.responses)


def test_every_record_of_a_question_has_the_same_prompt() -> None:
    question, compared = records(bench())
    assert question.turns == compared.turns
    assert question.attributes == compared.attributes
    assert question.attributes == {"category": "conv", "context": "A mountain."}
    assert question.key == compared.key == "0"


def test_review_is_one_judgement_of_its_two_answers() -> None:
    compared = records(bench())[1]
    assert texts_of(compared) == ["A mountain.", "A hill."]
    assert scores_of(compared) == [{"overall": 9}, {"overall": 6}]
    assert compared.scales == {"overall": (1, 10)}
    ratings = [rating for one in compared.responses for rating in one.ratings]
    assert {(one.rater, one.kind) for one in ratings} == {("gpt-4", "judge")}
    assert [one.position for one in ratings] == [0, 1]
    assert ratings[0].rationales["overall"].endswith("The first one is exact.")
    assert (compared.file, compared.line) == ("reviews/b.jsonl", 1)


def test_two_reviews_of_a_question_are_two_judgements_of_one_judge() -> None:
    third = [answer("x3", "system-c", "A cloud.")]
    source = bench(answers__c=third, reviews__c=[review("x1", "x3", [10.0, 1.0])])
    question, *compared = records(source)
    assert len(question.responses) == 3
    assert [texts_of(one) for one in compared] == [
        ["A mountain.", "A hill."],
        ["A mountain.", "A cloud."],
    ]
    assert [scores_of(one)[0] for one in compared] == [{"overall": 9}, {"overall": 10}]


@pytest.mark.parametrize("scores", [[-1, -1], [9.0, -1], [], None, ["x", 1], [1, 2, 3]])
def test_review_without_two_scores_is_a_failure(scores: Any) -> None:
    compared = records(bench(reviews__b=[review("x1", "x2", scores)]))[1]
    [failure] = compared.failures
    assert (failure.reason, failure.rater, failure.kind) == ("unparsable", "gpt-4", "judge")
    assert "no score for each answer" in failure.detail
    assert scores_of(compared) == [{}, {}]


def test_question_without_answers_is_a_prompt() -> None:
    [question] = records(bench(answers__a=[], answers__b=[], reviews__b=[], context=[]))
    assert not question.responses
    assert question.attributes == {"category": "conv"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (answer("x9", "c", "A hill.", question=7), "mismatched_prompt"),
        ({**answer("x9", "c", "A hill."), "prompt": "Where is it?"}, "mismatched_prompt"),
        (answer("x1", "c", "A hill."), "duplicate"),
        ({**answer("x9", "c", "A hill."), "text": 3}, "bad_type"),
    ],
)
def test_answer_that_does_not_fit_is_dropped(row: dict[str, Any], reason: str) -> None:
    assert drops(bench(answers__c=[row])) == [("answers/c.jsonl", 1, reason)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (review("x1", "x9", [1, 2]), "mismatched_prompt"),
        (review("x1", "x2", [1, 2], question=7), "mismatched_prompt"),
        (review("x1", "x1", [1, 2]), "contradiction"),
        ({**review("x1", "x2", [1, 2]), "content": 3}, "bad_type"),
    ],
)
def test_review_that_does_not_fit_is_dropped(row: dict[str, Any], reason: str) -> None:
    assert drops(bench(reviews__b=[row])) == [("reviews/b.jsonl", 1, reason)]


def test_question_that_does_not_fit_is_dropped_and_the_next_is_read() -> None:
    rows: list[dict[str, Any]] = [{"text": "?"}, {"question_id": 1, "text": 3}, QUESTION, QUESTION]
    assert drops(bench(questions=rows)) == [
        ("questions.jsonl", 1, "bad_type"),
        ("questions.jsonl", 2, "bad_type"),
        ("questions.jsonl", 4, "duplicate"),
    ]


def test_file_that_is_no_part_of_the_bench_is_named() -> None:
    assert drops(bench(extra=[{"a": 1}], other__deep=[{"a": 1}])) == [
        ("extra.jsonl", None, "bad_type"),
        ("other/deep.jsonl", None, "bad_type"),
    ]


def test_unreadable_row_of_any_file_is_handed_on() -> None:
    torn = SourceDrop(1, "bad_json", "cut off", "context.jsonl")
    contents: dict[str, Any] = {**bench().contents, "context.jsonl": [torn, {"image": "001.jpg"}]}
    assert drops(MemorySource(contents)) == [
        ("context.jsonl", 1, "bad_json"),
        ("context.jsonl", 2, "bad_type"),
    ]


def test_folder_without_questions_or_answers_is_no_bench() -> None:
    assert not LAYOUT.matches(MemorySource({"questions.jsonl": [QUESTION]}))
    assert not LAYOUT.matches(MemorySource({"answers/a.jsonl": [answer("x1", "a", "b")]}))
    assert not LAYOUT.matches(bench(questions=[{"prompt": "What?"}]))
