from pathlib import Path
from typing import Any

import pytest

from curate.sources.mm_rlhf import LAYOUT
from curate.sources.record import SourceDrop, SourceRecord
from tests.support.layout_examples import PAIR, VOTES
from tests.support.source_input import (
    MemorySource,
    media_in,
    read_rows,
    reason_of,
    record_of,
    scores_of,
    texts_of,
)


def votes(**changes: Any) -> SourceRecord:
    return record_of(LAYOUT, {**VOTES, **changes})


def test_votes_of_a_prompt_become_one_record_by_people() -> None:
    record = votes()
    assert texts_of(record) == ["Three cups.", "Two.", "Cups."]
    assert [answer.model for answer in record.responses] == ["a", "b", "c"]
    assert scores_of(record)[1] == {"faithfulness": 2, "helpfulness": 2, "ethics": 5}
    rating = record.responses[0].ratings[0]
    assert (rating.rater, rating.kind) == ("mm-rlhf", "human")
    assert rating.rationales == {"overall": "the count is right"}
    assert record.scales == dict.fromkeys(("faithfulness", "helpfulness", "ethics"), (1, 5))


def test_final_ranking_becomes_tiers_with_its_reason() -> None:
    [ranking] = votes().rankings
    assert ranking.tiers == [[0], [1, 2]]
    assert (ranking.rater, ranking.kind, ranking.verdict) == ("mm-rlhf", "human", "ranked")
    assert ranking.rationale == "only a counts right"


def test_all_equal_is_a_tie() -> None:
    [ranking] = votes(final_ranking="1=2=3").rankings
    assert (ranking.tiers, ranking.verdict) == ([[0, 1, 2]], "tie")


def test_votes_may_be_lists_in_the_answers_order() -> None:
    record = votes(
        models_output=["Three cups.", "Two."],
        faithfulness=[5, 2],
        helpfulness=["4", None],
        ethical=None,
        score_reasons=["right", None],
        final_ranking="2>1",
    )
    assert scores_of(record) == [{"faithfulness": 5, "helpfulness": 4}, {"faithfulness": 2}]
    assert [answer.model for answer in record.responses] == [None, None]
    assert record.rankings[0].tiers == [[1], [0]]


def test_model_that_was_not_asked_is_no_answer() -> None:
    record = votes(models_output={"a": "Three cups.", "z": None, "b": "Two.", "c": "Cups."})
    assert [answer.model for answer in record.responses] == ["a", "b", "c"]


def test_reference_is_the_answer_where_there_is_one() -> None:
    assert votes().reference == "Three cups."
    assert votes(answer="").reference is None


def test_ranking_that_is_no_order_is_a_failure_and_the_scores_stay() -> None:
    record = votes(final_ranking="1>9")
    [failure] = record.failures
    assert (failure.reason, failure.rater, failure.kind) == ("unparsable", "mm-rlhf", "human")
    assert failure.detail == "final_ranking '1>9' is no order of 3 answers"
    assert not record.rankings
    assert len(scores_of(record)[0]) == 3


def test_score_that_is_no_number_is_a_failure_and_the_others_stay() -> None:
    record = votes(faithfulness={"a": "high", "b": 2})
    assert [failure.detail for failure in record.failures] == [
        "answer 1: no number: faithfulness 'high'"
    ]
    assert scores_of(record)[0] == {"helpfulness": 5, "ethics": 5}


@pytest.mark.parametrize(
    "changes",
    [
        {"models_output": "Three."},
        {"models_output": ["Three."], "faithfulness": [5, 2]},
        {"models_output": ["Three."], "faithfulness": {"a": 5}},
        {"faithfulness": {"nobody": 5}},
        {"question": 3},
        {"video": "video/a"},
    ],
    ids=["answers", "length", "by model", "unknown model", "question", "two media"],
)
def test_votes_that_do_not_fit_are_dropped(changes: dict[str, Any]) -> None:
    assert reason_of(LAYOUT, {**VOTES, **changes}) == "bad_type"


def test_category_that_a_row_says_goes_before_the_folder() -> None:
    assert record_of(LAYOUT, {**PAIR, "category": "charts"}).attributes["category"] == "charts"


def test_category_is_the_first_folder_of_the_picture() -> None:
    assert votes().attributes == {"id": "demo/set1/0001.png_42", "category": "short"}
    for path in ("0001.png", "../0001.png", "/0001.png"):
        assert votes(image=path).attributes == {"id": "demo/set1/0001.png_42"}


def test_video_is_a_file_or_a_folder_of_frames(tmp_path: Path) -> None:
    (tmp_path / "video" / "a").mkdir(parents=True)
    rows = [{**PAIR, "image": None, "video": f"video/{name}"} for name in ("a", "b.mp4")]
    items = list(LAYOUT.read(MemorySource({"data.jsonl": rows}, root=tmp_path)))
    media = [media_in(item.turns)[0] for item in items if isinstance(item, SourceRecord)]
    assert [(one.kind, one.path) for one in media] == [
        ("frames", "video/a"),
        ("video", "video/b.mp4"),
    ]
    assert all(
        item.attributes["category"] == "video" for item in items if isinstance(item, SourceRecord)
    )


def pair(chosen: str, rejected: str, **changes: Any) -> dict[str, Any]:
    reasons = {"chosen_reason": f"on {chosen}", "rejected_reason": f"on {rejected}"}
    return {**PAIR, "chosen": chosen, "rejected": rejected, **reasons, **changes}


def test_pairs_of_a_prompt_become_one_order_of_its_answers() -> None:
    record = record_of(
        LAYOUT, pair("a", "b"), pair("a", "c"), pair("b", "d"), pair("a", "d"), pair("c", "d")
    )
    assert texts_of(record) == ["a", "b", "c", "d"]
    [ranking] = record.rankings
    assert ranking.tiers == [[0], [1, 2], [3]]
    assert (ranking.rater, ranking.kind) == ("mm-rlhf", "human")
    assert not record.separate


def test_reasons_of_a_pair_stay_with_its_answers() -> None:
    record = record_of(LAYOUT, pair("a", "b"), pair("a", "c", chosen_reason="and more"))
    reasons = [answer.ratings[0].rationales["overall"] for answer in record.responses]
    assert reasons == ["on a\n\nand more", "on b", "on c"]


def test_pairs_that_follow_from_no_order_stand_alone() -> None:
    record = record_of(LAYOUT, pair("a", "b"), pair("b", "c"))
    assert record.separate
    assert [ranking.tiers for ranking in record.rankings] == [[[0], [1]], [[1], [2]]]


def test_opposite_labels_of_a_pair_both_come_in() -> None:
    record = record_of(LAYOUT, pair("a", "b"), pair("b", "a"))
    assert record.separate
    assert [ranking.tiers for ranking in record.rankings] == [[[0], [1]], [[1], [0]]]


def test_pairs_are_gathered_by_id_medium_and_question() -> None:
    rows = [
        pair("a", "b"),
        pair("a", "b", prompt="Other?"),
        pair("a", "b", image="short/2.png"),
        pair("a", "b", id="x"),
        pair("a", "c"),
    ]
    records = [item for item in read_rows(LAYOUT, *rows) if isinstance(item, SourceRecord)]
    assert [record.line for record in records] == [2, 3, 4, 1]
    assert media_in(records[-1].turns)[0].path == "short/0001.png"


def test_answers_are_kept_apart_to_the_letter() -> None:
    record = record_of(LAYOUT, pair("Aim", "aim"), pair("Aim", " aim"))
    assert texts_of(record) == ["Aim", "aim", " aim"]


def test_repeated_comparison_is_a_duplicate() -> None:
    drop, record = read_rows(LAYOUT, pair("a", "b"), pair("a", "b"))
    assert isinstance(drop, SourceDrop)
    assert (drop.line, drop.reason, drop.detail) == (
        2,
        "duplicate",
        "the same comparison as in line 1",
    )
    assert isinstance(record, SourceRecord)
    assert record.rankings[0].tiers == [[0], [1]]


def test_answer_over_itself_is_a_contradiction_and_the_other_pairs_stay() -> None:
    record, drop = read_rows(LAYOUT, pair("a", "b"), pair("a", "a"))
    assert isinstance(drop, SourceDrop)
    assert (drop.line, drop.reason) == (2, "contradiction")
    assert isinstance(record, SourceRecord)
    assert texts_of(record) == ["a", "b"]


@pytest.mark.parametrize(
    "changes",
    [{"prompt": None}, {"chosen": 3}, {"rejected": ["b"]}, {"chosen_reason": 3}, {"image": 3}],
)
def test_pair_that_does_not_fit_is_dropped(changes: dict[str, Any]) -> None:
    assert reason_of(LAYOUT, {**PAIR, **changes}) == "bad_type"


def test_folder_of_votes_and_pairs_gives_both() -> None:
    source = MemorySource({"data.jsonl": [VOTES], "dpo_pairs.jsonl": [PAIR]})
    records = [item for item in LAYOUT.read(source) if isinstance(item, SourceRecord)]
    assert [len(record.responses) for record in records] == [3, 2]
    assert [record.file for record in records] == ["data.jsonl", "dpo_pairs.jsonl"]
