"""The configured judge on a benchmark: asked once, never shown a label, under one budget."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from curate.init import create
from tests.support.benches import pair, ranked, write_rows
from tests.support.cli import Ran, curate
from tests.support.drawn import png, scene
from tests.support.judge_runs import MODEL, PRICES, Judge, judging, words_of

SIDES = ("chosen", "rejected")
METRICS = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")


def by_worth(body: dict[str, Any]) -> str:
    """A reply that gives each answer what it says it is worth."""
    return sheet([int(it) for it in re.findall(r"worth (\d)", words_of(body))])


def by_place(body: dict[str, Any]) -> str:
    """A reply that gives more to what stands further in front."""
    count = len(re.findall(r"worth (\d)", words_of(body)))
    return sheet([4 - place for place in range(count)])


def sheet(points: list[int]) -> str:
    return json.dumps(
        {
            label: {
                key: value
                for metric in METRICS
                for key, value in ((f"{metric}_reason", "So it is."), (metric, point))
            }
            for label, point in zip("ABCDEFGH", points, strict=False)
        }
    )


def text_pair(chosen: str, rejected: str, name: str) -> dict[str, Any]:
    return pair(chosen, rejected, name, image=None, prompt=f"How much is {name}?", category="text")


ROWS = (
    text_pair("It is worth 4.", "It is worth 1.", "one"),
    text_pair("It is worth 4.", "It is worth 2.", "one"),
    text_pair("It is worth 1.", "It is worth 3.", "two"),
    text_pair("It is worth 2.", "All is worth 2.", "three"),
)
SWAPPED = tuple({**row, "chosen": row["rejected"], "rejected": row["chosen"]} for row in ROWS)


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Judge]:
    """A judge by what answers say they are worth, of a workspace with nothing in it."""
    create(tmp_path / "workspace")
    with judging(tmp_path / "workspace", monkeypatch, answer=by_worth) as found:
        yield found


def bench(judge: Judge, path: Path, *arguments: str) -> Ran:
    command, *rest = judge.arguments(*arguments)
    assert command == "judge"
    return curate("bench", "judge", path, *rest)


def benched(judge: Judge, path: Path, *arguments: str) -> Any:
    ran = bench(judge, path, *arguments, "--json")
    assert ran.code == 0, ran
    return ran.json


def test_the_judge_wins_pairs_by_its_scores(judge: Judge, tmp_path: Path) -> None:
    found = benched(judge, write_rows(tmp_path / "pairs.jsonl", *ROWS))
    assert found["judge"] == f"gemini/{MODEL}"
    assert (found["pairs"], found["prompts"]) == (4, 3)
    assert (found["acc"], found["ties"], found["unscored"]) == (0.5, 1, 0)
    assert found["acc_plus"] == pytest.approx(1 / 3)
    assert (found["run"]["planned"], found["run"]["calls"]) == (3, 6)


def test_what_was_asked_once_is_not_asked_again_and_labels_are_not_asked_about(
    judge: Judge, tmp_path: Path
) -> None:
    first = benched(judge, write_rows(tmp_path / "pairs.jsonl", *ROWS))
    asked = judge.asked
    swapped = benched(judge, write_rows(tmp_path / "swapped.jsonl", *SWAPPED))
    assert judge.asked == asked
    assert swapped["run"]["cached"] == 3
    assert swapped["acc"] == 1 - first["acc"] - first["ties"] / first["pairs"]


def test_a_judge_that_goes_by_place_prefers_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(tmp_path / "workspace")
    with judging(tmp_path / "workspace", monkeypatch, answer=by_place) as judge:
        found = benched(judge, write_rows(tmp_path / "pairs.jsonl", *ROWS[2:]))
    assert (found["acc"], found["ties"], found["ties_half"]) == (0.0, 2, 0.5)


def test_no_vote_of_a_benchmark_is_a_vote_of_the_workspace(judge: Judge, tmp_path: Path) -> None:
    benched(judge, write_rows(tmp_path / "pairs.jsonl", *ROWS))
    assert not judge.events
    built = curate("build", "-C", judge.root, "--json").json
    assert (built["candidates"], built["pairs"]) == (0, 0)


def test_a_benchmarks_pull_makes_room_for_the_next_one(judge: Judge, tmp_path: Path) -> None:
    benched(judge, write_rows(tmp_path / "pairs.jsonl", *ROWS))
    found = benched(judge, write_rows(tmp_path / "other.jsonl", *ROWS[2:3]))
    assert (found["run"]["planned"], found["run"]["cached"]) == (1, 1)


def test_pictures_that_are_not_there_stop_it_before_anything_is_asked(
    judge: Judge, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "pairs.jsonl", pair("It is worth 4.", "It is worth 1."))
    ran = bench(judge, path)
    assert (ran.code, judge.asked) == (1, 0)
    assert "'mcq/one.png' is not there" in ran.err
    assert "--missing-media drop or keep" in ran.err


def test_with_keep_the_question_is_asked_without_them_and_it_says_so(
    judge: Judge, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "pairs.jsonl", pair("It is worth 4.", "It is worth 1."))
    ran = bench(judge, path, "--missing-media", "keep", "--json")
    assert (ran.json["acc"], ran.json["run"]["missing_media"]) == (1.0, 1)
    assert "1 medium is not there: its questions were asked without it" in ran.err


def test_with_drop_its_pairs_are_unscored_and_wrong(judge: Judge, tmp_path: Path) -> None:
    rows = [pair("It is worth 4.", "It is worth 1."), *ROWS[:1]]
    ran = bench(
        judge, write_rows(tmp_path / "pairs.jsonl", *rows), "--missing-media", "drop", "--json"
    )
    assert (ran.json["acc"], ran.json["unscored"], ran.json["ties"]) == (0.5, 1, 0)
    assert ran.json["run"]["left_out"]["missing_media"] > 0


def test_pictures_are_sent_from_the_media_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []

    def seeing(body: dict[str, Any]) -> str:
        sent.append(sum("inlineData" in part for part in body["contents"][0]["parts"]))
        return by_worth(body)

    (tmp_path / "media" / "mcq").mkdir(parents=True)
    (tmp_path / "media" / "mcq" / "one.png").write_bytes(png(scene(1)))
    path = write_rows(tmp_path / "pairs.jsonl", pair("It is worth 4.", "It is worth 1."))
    create(tmp_path / "workspace")
    with judging(tmp_path / "workspace", monkeypatch, answer=seeing) as judge:
        found = benched(judge, path, "--media-root", str(tmp_path / "media"))
    assert (found["acc"], sent) == (1.0, [1, 1])


def test_rows_of_one_question_and_two_ids_are_asked_as_one(judge: Judge, tmp_path: Path) -> None:
    rows = [
        ranked("It is worth 4.", "It is worth 1.", [0, 1], "mathverse_1-1"),
        ranked("It is worth 2.", "It is worth 3.", [0, 1], "mathverse_1-2"),
    ]
    found = benched(judge, write_rows(tmp_path / "pairs.jsonl", *rows))
    assert (found["run"]["planned"], found["prompts"], found["acc"]) == (1, 2, 0.5)
    assert found["by_category"]["reasoning"]["acc"] == 0.5
    assert found["baselines"]["first"]["acc"] == 1.0


def test_an_answer_that_is_no_answer_leaves_its_pair_unscored(judge: Judge, tmp_path: Path) -> None:
    rows = [*ROWS[:2], text_pair("It is worth 4.", "  ", "one")]
    found = benched(judge, write_rows(tmp_path / "pairs.jsonl", *rows))
    assert (found["unscored"], found["run"]["left_out"]) == (1, {"empty_response": 1})


def test_an_answer_that_no_encoding_has_leaves_its_pair_unscored(
    judge: Judge, tmp_path: Path
) -> None:
    rows = [*ROWS[:2], text_pair("It is worth 4.", "It is worth \ud800.", "one")]
    found = benched(judge, write_rows(tmp_path / "pairs.jsonl", *rows))
    assert (found["right"], found["unscored"]) == (2, 1)


def test_a_judge_that_failed_leaves_pairs_unscored_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(tmp_path / "workspace")
    with judging(tmp_path / "workspace", monkeypatch, answer=lambda _: "no sheet") as judge:
        ran = bench(judge, write_rows(tmp_path / "pairs.jsonl", *ROWS), "--json")
    assert (ran.code, ran.json["unscored"], ran.json["acc"]) == (0, 4, 0.0)
    assert "unparsable" in ran.err
    assert "--retry-failed" in ran.err


def test_the_budget_is_over_benchmarks_and_the_workspaces_own_runs(
    judge: Judge, tmp_path: Path
) -> None:
    spent = benched(judge, write_rows(tmp_path / "pairs.jsonl", *ROWS))["run"]["usd"]
    answers = ["It is worth 1.", "It is worth 2."]
    source = write_rows(tmp_path / "own.jsonl", {"prompt": "Q?", "responses": answers})
    assert curate("pull", source, "-C", judge.root).code == 0
    stopped = judge.json("--budget-usd", f"{spent}", code=3)
    assert (stopped["calls"], stopped["failed"]) == (0, {"budget": 1})
    assert judge.json("--budget-usd", f"{spent + 1}")["rated"] == 1


def test_a_spent_budget_stops_a_benchmark_with_its_summary(judge: Judge, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "pairs.jsonl", *ROWS)
    ran = bench(judge, path, "--budget-usd", "0", "--json")
    assert (ran.code, judge.asked) == (3, 0)
    assert ran.json["unscored"] == 4
    assert ran.err.splitlines()[-1].startswith("error: the budget is spent")


def test_a_dry_run_says_what_asking_takes_and_asks_nothing(judge: Judge, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "pairs.jsonl", *ROWS)
    found = benched(judge, path, "--dry-run")
    assert (found["planned"], found["calls"], judge.asked) == (3, 6, 0)


def test_rules_and_filters_of_the_workspace_do_not_touch_a_benchmark(
    judge: Judge, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "pairs.jsonl", *ROWS)
    found = benched(
        judge,
        path,
        'route.rule=[{when = "true", to = "human"}]',
        "route.default=none",
        'filter=[{name = "all", level = "prompt", drop_when = "true"}]',
    )
    assert (found["run"]["planned"], found["unscored"]) == (3, 0)


def test_recorded_replies_are_found_from_the_workspace_on(judge: Judge, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "pairs.jsonl", *ROWS)
    source = write_rows(
        tmp_path / "own.jsonl",
        *(
            {
                "prompt": f"How much is {name}?",
                "responses": sorted(
                    {row[side] for row in ROWS if row["id"] == name for side in SIDES}
                ),
            }
            for name in ("one", "two", "three")
        ),
    )
    curate("pull", source, "-C", judge.root)
    judge("--record", judge.root / "replies.jsonl")
    settings = (
        *("--set", "judge.provider=replay", "--set", "judge.model=recorded"),
        *("--set", "judge.base_url=replies.jsonl"),
    )
    ran = curate("bench", "judge", path, "-C", judge.root, *settings, "--json")
    assert (ran.code, ran.json["acc"], ran.json["ties"]) == (0, 0.5, 1)


def test_a_workspace_without_a_judge_is_told_so_first(tmp_path: Path) -> None:
    create(tmp_path / "workspace")
    path = write_rows(tmp_path / "pairs.jsonl", *ROWS)
    ran = curate("bench", "judge", path, "-C", tmp_path / "workspace", "--set", PRICES)
    assert ran.code == 1
    assert "[judge] names no model" in ran.err
