from pathlib import Path

import pytest

from tests.support.answers import given, vote
from tests.support.pairs import turn, user, written

HASH = "h-0123456789ab"


def test_row_is_a_vote_beside_the_means(tmp_path: Path) -> None:
    row = vote(
        scores={"helpfulness": 3},
        rationales={"overall": "Right.", "helpfulness": "All of it."},
        mean_scores={"helpfulness": "3.5", "coherence": "1.333333"},
        position=1,
        tier=2,
        verdict="ranked",
        rationale="The first is longer.",
    )
    _, (out,) = written("votes", given(tmp_path, [row]), tmp_path / "out")
    assert out == {
        "prompt_id": row.prompt_id,
        "split": "train",
        "prompt": [{"role": "user", "content": "How many cups?"}],
        "candidate_id": row.candidate_id,
        "response": "Three cups.",
        "models": ["model-a"],
        "event_id": row.event_id,
        "rater_kind": "human",
        "rater": HASH,
        "rater_version": None,
        "rubric_id": row.rubric_id,
        "rubric_hash": None,
        "sample": 0,
        "order_no": 0,
        "position": 1,
        "scores": {"helpfulness": 3.0},
        "rationales": [
            {"key": "overall", "value": "Right."},
            {"key": "helpfulness", "value": "All of it."},
        ],
        "tier": 2,
        "verdict": "ranked",
        "confirmed": True,
        "final": False,
        "rationale": "The first is longer.",
        "mean_scores": {"coherence": 1.333333, "helpfulness": 3.5},
    }


def test_a_metric_that_a_vote_leaves_out_is_null(tmp_path: Path) -> None:
    rows = [vote(scores={"helpfulness": 3}), vote("judge:j", scores={"coherence": 1})]
    _, out = written("votes", given(tmp_path, rows), tmp_path / "out")
    assert [row["scores"] for row in out] == [
        {"coherence": None, "helpfulness": 3.0},
        {"coherence": 1.0, "helpfulness": None},
    ]


def test_a_set_of_rankings_alone_has_no_scores(tmp_path: Path) -> None:
    _, (out,) = written("votes", given(tmp_path, [vote(tier=1)]), tmp_path / "out")
    assert "scores" not in out
    assert "mean_scores" not in out
    assert out["tier"] == 1


@pytest.mark.parametrize(
    "name", ["anna", "h-0123456789AB", f"{HASH}c", f"{HASH}\n", "h-", f" {HASH}"]
)
def test_a_person_by_name_is_refused(tmp_path: Path, name: str) -> None:
    source = given(tmp_path, [vote(f"human:{name}"), vote()])
    result, rows = written("votes", source, tmp_path / "out")
    assert ([row["rater"] for row in rows], result.refused) == ([HASH], {"personal_rater": 1})


def test_judges_and_sources_keep_their_names_without_folders(tmp_path: Path) -> None:
    raters = ("judge:/home/somebody/models/judge-7b", "source:anna", "reward_model:org/rm")
    _, rows = written("votes", given(tmp_path, [vote(it) for it in raters]), tmp_path / "out")
    assert [row["rater"] for row in rows] == ["judge-7b", "anna", "org/rm"]


def test_what_raters_wrote_stays_word_for_word(tmp_path: Path) -> None:
    text = "/usr/share/doc is no answer"
    row = vote(rationales={"overall": text}, rationale=text)
    _, (out,) = written("votes", given(tmp_path, [row]), tmp_path / "out")
    assert (out["rationales"][0]["value"], out["rationale"]) == (text, text)


def test_votes_on_answers_that_left_are_counted(tmp_path: Path) -> None:
    source = given(tmp_path, [vote(), vote("human:anna")], left_out={"votes": 7})
    result, rows = written("votes", source, tmp_path / "out")
    assert (len(rows), result.refused) == (1, {"left_the_build": 7, "personal_rater": 1})


def test_pictures_are_left_out_of_prompts(tmp_path: Path) -> None:
    asked = [user(0, "Same", " or not?"), turn("assistant", "No."), user(0)]
    _, (out,) = written("votes", given(tmp_path, [vote(messages=asked)]), tmp_path / "out")
    assert [message["content"] for message in out["prompt"]] == ["Same or not?", "No.", ""]


def test_an_unproven_judge_has_its_raw_votes_told(tmp_path: Path) -> None:
    source = given(tmp_path, [vote("judge:j", scores={"coherence": 1})], judge_unproven=True)
    result, rows = written("votes", source, tmp_path / "out")
    assert (len(rows), result.refused) == (1, {})
