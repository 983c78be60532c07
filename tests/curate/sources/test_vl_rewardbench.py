"""VL-RewardBench: two answers and their ranks, in the three groups of the released evaluation."""

from typing import Any

import pytest

from curate.sources.vl_rewardbench import LAYOUT, group_of
from tests.support.benches import ranked
from tests.support.source_input import media_in, reason_of, record_of, texts_of


def test_the_answer_of_rank_0_comes_first_and_is_preferred() -> None:
    record = record_of(LAYOUT, ranked("A", "B", [1, 0]))
    assert texts_of(record) == ["B", "A"]
    [ranking] = record.rankings
    assert ranking.tiers == ((0,), (1,))
    assert (ranking.rater, ranking.kind) == ("vl-rewardbench", "human")
    assert (record.key, record.attributes) == ("RLAIF-V-1", {"category": "hallucination"})


@pytest.mark.parametrize("column", ["image", "image_path"])
def test_the_picture_is_read_as_either_release_has_it(column: str) -> None:
    row = {**ranked("A", "B", [0, 1]), column: "images/rlaif-v/1.jpg"}
    [medium] = media_in(record_of(LAYOUT, row).turns)
    assert medium.path == "images/rlaif-v/1.jpg"


@pytest.mark.parametrize("ranking", [[0, 0], [1, 2], [0], None, ["0", "1"], [0, 1, 2]])
def test_ranks_that_prefer_neither_are_no_record(ranking: Any) -> None:
    row = {**ranked("A", "B", [0, 1]), "human_ranking": ranking}
    assert reason_of(LAYOUT, row) == "bad_type"


@pytest.mark.parametrize("response", [["A"], "AB", ["A", None], ["A", "B", "C"]])
def test_anything_but_two_texts_is_no_record(response: Any) -> None:
    assert reason_of(LAYOUT, {**ranked("A", "B", [0, 1]), "response": response}) == "bad_type"


def test_one_text_twice_is_a_contradiction() -> None:
    assert reason_of(LAYOUT, ranked("A", "A", [0, 1])) == "contradiction"


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("RLAIF-V-14", "hallucination"),
        ("RLHF-V-3", "hallucination"),
        ("hallucination_pair-7", "hallucination"),
        ("mathverse_1063-2", "reasoning"),
        ("mmmu_pro_test_Marketing_150", "reasoning"),
        ("wildvision-battle-9", "general"),
        ("LRVInstruction-000000007746", "general"),
        (None, "general"),
    ],
)
def test_an_id_says_the_group_by_its_beginning(name: str | None, group: str) -> None:
    assert group_of({"id": name}) == group


@pytest.mark.parametrize(
    ("folder", "group"),
    [
        ("povid", "hallucination"),
        ("reasoning_tasks", "reasoning"),
        ("vlfeedback", "general"),
        ("unknown", "general"),
    ],
)
def test_the_data_sets_folder_says_it_surer(folder: str, group: str) -> None:
    assert group_of({"id": "x-1", "image_path": f"images/{folder}/x-1.jpg"}) == group
