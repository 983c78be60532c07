"""`--dry-run`: what a run would take, before a dollar is spent or a key is needed."""

from pathlib import Path

import pytest

from annotate.spending.estimate import IMAGE_TOKENS
from curate.judge.summary_ahead import duration
from tests.support.judge_runs import MODEL, Judge, judging
from tests.support.workspaces import Bench


def test_says_calls_tokens_dollars_and_time_without_a_key(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEMINI_API_KEY")
    before = annotations(judge)
    found = judge.json("--dry-run")
    assert (found["calls"], found["left"], found["prompts"]) == (12, 6, 6)
    assert 0 < found["expected_usd"] < found["worst_usd"]
    expected = 0.75 * found["input_tokens"] + 3.75 * found["output_tokens"]
    assert found["expected_usd"] == pytest.approx(expected / 1e6)
    assert (found["seconds"], judge.asked) == (8.0, 0)
    assert annotations(judge) == before


def test_time_is_bounded_by_the_rate_limits(judge: Judge) -> None:
    assert judge.json("--dry-run", "judge.rpm=6")["seconds"] == 120
    tokens = judge.json("--dry-run")["input_tokens"]
    slow = judge.json("--dry-run", "judge.tpm=100")["seconds"]
    assert slow == pytest.approx(tokens * 60 / 100)


def test_the_worst_case_covers_what_a_run_costs(judge: Judge) -> None:
    found = judge.json("--dry-run")
    assert judge.json()["usd"] <= found["worst_usd"]


def test_without_a_pilot_the_published_yield_is_named(judge: Judge) -> None:
    found = judge.json("--dry-run")
    assert found["forecast"] == {"basis": "published", "prompts": 0, "pairs_a_prompt": 0.44}
    assert found["pairs"] == round(6 * 0.44)
    assert found["usd_per_pair"] == pytest.approx(found["expected_usd"] / found["pairs"])
    assert "as mllm-dpo kept 44 % of its groups" in judge("--dry-run").out


def test_what_a_model_without_a_price_costs_is_unknown(judge: Judge) -> None:
    ran = judge("--dry-run", "--json", "judge.model=nobodys")
    found = ran.json
    asked = [found, *found["by_judge"].values()]
    assert [(it["expected_usd"], it["worst_usd"]) for it in asked] == [(None, None)] * 2
    assert (ran.code, found["calls"], found["usd_per_pair"]) == (0, 12, None)
    assert "has no price" in ran.err
    out = judge("--dry-run", "--budget-usd", "9", "judge.model=nobodys").out
    (row,) = (line for line in out.splitlines() if line.startswith("gemini/nobodys"))
    assert row.split()[-4:-2] == ["unknown", "unknown"]
    assert "prompts, dollars unknown (" in out
    assert "of $9.00; whether what is left is enough for the worst is unknown." in out


def test_says_whether_the_budget_reaches(judge: Judge) -> None:
    assert "not enough for the worst" in judge("--dry-run", "--budget-usd", "0.01").out
    assert "is enough for the worst" in judge("--dry-run", "--budget-usd", "9").out


def test_a_batch_takes_up_to_a_day(judge: Judge) -> None:
    assert judge.json("--dry-run", "judge.tier=batch")["seconds"] == 86400


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (89, "89 s"), (600, "10 min"), (6000, "1 h 40 min"), (86400, "24 h 0 min")],
)
def test_times_are_said_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_a_pilot_of_fifty_prompts_forecasts_the_rest(
    many: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with judging(many.root, monkeypatch, "pairs.min_margin=2") as judge:
        judge("--limit", "49")
        assert judge.json("--dry-run")["forecast"]["basis"] == "published"
        judge("--limit", "60")
        found = judge.json("--dry-run")
        one = found["forecast"]
        assert (one["basis"], one["prompts"]) == ("pilot", 60)
        assert 0 < one["pairs_a_prompt"] <= 1
        assert found["pairs"] == round(140 * one["pairs_a_prompt"])
        assert found["by_judge"][f"gemini/{MODEL}"]["measured"] == 120
        more = judge.json("--dry-run", "pairs.policy=all-ranked")["forecast"]
        assert more["pairs_a_prompt"] > one["pairs_a_prompt"]
        capped = judge.json("--dry-run", "pairs.policy=all-ranked", "pairs.per_prompt=1")
        assert capped["forecast"] == one
        done = judge.json()
    assert done["usd"] == pytest.approx(found["expected_usd"], rel=0.6)


def test_pictures_count_by_the_image_rule(demo_workspace: Path, judge: Judge) -> None:
    judge.root = demo_workspace
    few = judge.json("--dry-run", "--limit", "20")
    assert few["input_tokens"] > few["calls"] * IMAGE_TOKENS["high"] / 2
    local = judge.json("--dry-run", "--limit", "20", "judge.provider=openai")
    assert 0 < local["input_tokens"] < few["input_tokens"], "patches of 28 pixels, by size"


def annotations(judge: Judge) -> list[str]:
    """Names of the files that runs leave."""
    return sorted(path.name for path in (judge.root / "annotations").iterdir())
