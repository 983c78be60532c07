"""The demo's workspace judged afresh in every mode, built and exported."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import curate
from tests.support.judge_runs import judging

SEEN_ONCE = {"listwise": 98, "pointwise": 389, "pairwise": 579}


@pytest.mark.parametrize("mode", SEEN_ONCE)
def test_the_demo_is_judged_built_and_exported(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    with judging(demo_copy, monkeypatch, f"judge.mode={mode}") as judge:
        done = judge.json()
        asked = judge.asked
        again = judge.json()
    planned = SEEN_ONCE[mode]
    assert (done["planned"], done["rated"], done["failed"]) == (planned, planned, {})
    assert (again["cached"], again["calls"]) == (planned, 0)
    assert judge.asked == asked == planned * (1 if mode == "pointwise" else 2)
    shown = Counter(len(event.answers) for event in judge.events)
    assert shown.keys() == {"listwise": {3, 4}, "pointwise": {1}, "pairwise": {2}}[mode]
    built = curate("build", "-C", demo_copy, "--json", "--set", "pairs.min_margin=0")
    assert built.json["pairs"] > 20
    assert built.json["dropped"].get("validate") is None, "every judgement is on the rubric"
    exported = curate("export", "--format", "trl", "-C", demo_copy, "--json")
    assert exported.json["formats"]["trl"]["rows"] == built.json["pairs"]


def test_the_picture_is_sent_once_for_all_answers(
    demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures: list[int] = []

    def answer(body: dict[str, Any]) -> str:
        parts = body["contents"][0]["parts"]
        pictures.append(sum("inlineData" in part for part in parts))
        return "{}"

    with judging(demo_copy, monkeypatch, answer=answer) as judge:
        judge("--limit", "12", "judge.orders=1")
    assert pictures
    assert set(pictures) <= set(range(9)), "frames of a video are at most eight"
    assert 1 in pictures
