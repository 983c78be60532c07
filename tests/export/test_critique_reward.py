from pathlib import Path
from typing import Any

import pytest

from schemas.candidate import candidate_id_of, prompt_id_of
from schemas.pair import PreferencePair
from tests.support.answers import tie
from tests.support.pairs import build, pair, picture, user, write_ties, written

NAME = "critique-reward"
PROMPT = prompt_id_of([user("How many cups?")], [])
THREE, TWO = (candidate_id_of(PROMPT, text) for text in ("Three cups.", "Two cups."))


def reason(candidate_id: str | None, text: str, kind: str = "human", **values: Any) -> Any:
    base = {"rater": f"{kind}-1", "kind": kind, "metric": None}
    return {**base, "candidate_id": candidate_id, "text": text, **values}


def exported(folder: Path, pairs: list[PreferencePair], ties: list[Any], **values: Any) -> Any:
    source = build(folder, pairs, ties=write_ties(folder / "given.parquet", ties), **values)
    return written(NAME, source, folder / "out")


def test_row_is_a_pair_with_one_raters_words_on_each_side(tmp_path: Path) -> None:
    said = [
        reason(THREE, "All are counted.", metric="correctness"),
        reason(THREE, "A judge's word.", "judge"),
        reason(TWO, "One is missed.", "judge"),
        reason(None, "Of the order."),
    ]
    row = pair(rationales=said, delta="0.25")
    _, (out,) = exported(tmp_path, [row], [])
    assert out == {
        "prompt": [{"role": "user", "content": "How many cups?"}],
        "chosen": [{"role": "assistant", "content": "Three cups."}],
        "rejected": [{"role": "assistant", "content": "Two cups."}],
        "pair_id": row.pair_id,
        "prompt_id": row.prompt_id,
        "component": row.component,
        "chosen_critique": "correctness: All are counted.",
        "chosen_critique_source": "human",
        "rejected_critique": "One is missed.",
        "rejected_critique_source": "judge",
        "has_chosen_critique": True,
        "has_rejected_critique": True,
        "is_tie": False,
        "margin": 0.375,
        "delta": 0.25,
    }


def test_a_side_that_nobody_spoke_of_is_masked(tmp_path: Path) -> None:
    _, (out,) = exported(tmp_path, [pair(rationales=[reason(TWO, "One is missed.")])], [])
    assert (out["chosen_critique"], out["chosen_critique_source"]) == (None, None)
    assert (out["has_chosen_critique"], out["has_rejected_critique"]) == (False, True)


def test_ties_are_there_too_and_have_no_delta(tmp_path: Path) -> None:
    equal = tie(margin="0", margin_raw="0", rationales=[reason(THREE, "As good.")])
    _, rows = exported(tmp_path, [pair([user("Another?")], delta="1")], [equal])
    assert [(row["is_tie"], row["delta"], row["margin"]) for row in rows] == [
        (False, 1.0, 0.375),
        (True, None, 0.0),
    ]
    assert rows[1]["chosen_critique"] == "As good."


def test_a_set_of_ties_alone_is_written(tmp_path: Path) -> None:
    result, rows = exported(tmp_path, [], [tie(), tie(messages=[user("Q")], split="test")])
    assert [row["is_tie"] for row in rows] == [True, True]
    assert result.splits == {"train": 1, "validation": 0, "test": 1}


def test_pictures_of_ties_decide_the_layout_too(tmp_path: Path) -> None:
    behind = tie(messages=[user("What is this?", 0)], media=[picture(tmp_path / "media")])
    _, (words, shown) = exported(tmp_path, [pair()], [behind])
    assert words["images"] == []
    assert [block["type"] for block in shown["prompt"][0]["content"]] == ["text", "image"]


@pytest.mark.parametrize("mark", ["<image>", "<|image_pad|>"])
def test_a_critique_with_the_mark_of_a_picture_is_refused_where_pictures_are(
    tmp_path: Path, mark: str
) -> None:
    said = [reason(TWO, f"It does not look at {mark}.")]
    shown = pair([user(0, "What is this?")], media=[picture(tmp_path / "media")])
    result, rows = exported(tmp_path, [pair(rationales=said), shown], [tie(rationales=said)])
    assert (len(rows), result.refused) == (1, {"image_token": 2})


def test_a_mark_that_nobody_reads_is_no_reason_to_refuse(tmp_path: Path) -> None:
    shorter = [reason(TWO, "No <image>."), reason(TWO, "It does not count all cups.")]
    for one, rater in zip(shorter, ("human-1", "human-2"), strict=True):
        one["rater"] = rater
    shown = pair([user(0, "What is this?")], media=[picture(tmp_path / "media")])
    result, rows = exported(tmp_path, [pair(rationales=shorter), shown], [])
    assert (len(rows), result.refused) == (2, {})


def test_pairs_and_ties_of_an_unproven_judge_are_refused(tmp_path: Path) -> None:
    pairs, ties = [pair(level="judge"), pair([user("Q")])], [tie(level="judge")]
    result, rows = exported(tmp_path, pairs, ties, judge_unproven=True)
    assert (len(rows), result.refused) == (1, {"judge_unproven": 2})
