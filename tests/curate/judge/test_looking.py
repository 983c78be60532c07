"""Before a run and after it: --dry-run, --preview and --status send and write nothing."""

import json
from pathlib import Path

import pytest

from annotate.spending.estimate import IMAGE_TOKENS
from curate.judge.summary_ahead import duration
from tests.support.judge_runs import MODEL, Judge, judging
from tests.support.workspaces import Bench


@pytest.fixture(autouse=True)
def _without_a_key(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking needs no key; a test that asks sets it."""
    monkeypatch.delenv("GEMINI_API_KEY")


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "a-key-for-loopback")


def annotations(judge: Judge) -> list[str]:
    return sorted(path.name for path in (judge.root / "annotations").iterdir())


class TestDryRun:
    def test_says_calls_tokens_dollars_and_time(self, judge: Judge) -> None:
        before = annotations(judge)
        found = judge.json("--dry-run")
        assert (found["calls"], found["left"], found["prompts"]) == (12, 6, 6)
        assert 0 < found["expected_usd"] < found["worst_usd"]
        expected = 0.75 * found["input_tokens"] + 3.75 * found["output_tokens"]
        assert found["expected_usd"] == pytest.approx(expected / 1e6)
        assert (found["seconds"], judge.asked, annotations(judge)) == (8.0, 0, before)

    def test_time_is_bounded_by_the_rate_limits(self, judge: Judge) -> None:
        assert judge.json("--dry-run", "judge.rpm=6")["seconds"] == 120
        tokens = judge.json("--dry-run")["input_tokens"]
        slow = judge.json("--dry-run", "judge.tpm=100")["seconds"]
        assert slow == pytest.approx(tokens * 60 / 100)

    def test_the_worst_case_covers_what_a_run_costs(self, judge: Judge, key: None) -> None:
        found = judge.json("--dry-run")
        assert judge.json()["usd"] <= found["worst_usd"]

    def test_without_a_pilot_the_published_yield_is_named(self, judge: Judge) -> None:
        found = judge.json("--dry-run")
        assert found["forecast"] == {"basis": "published", "prompts": 0, "pairs_a_prompt": 0.44}
        assert found["pairs"] == round(6 * 0.44)
        assert found["usd_per_pair"] == pytest.approx(found["expected_usd"] / found["pairs"])
        assert "as mllm-dpo kept 44 % of its groups" in judge("--dry-run").out

    def test_a_model_without_a_price_costs_nothing_and_that_is_said(self, judge: Judge) -> None:
        ran = judge("--dry-run", "--json", "judge.model=nobodys")
        assert (ran.code, ran.json["expected_usd"]) == (0, 0)
        assert "has no price" in ran.err

    def test_says_whether_the_budget_reaches(self, judge: Judge) -> None:
        assert "not enough for the worst" in judge("--dry-run", "--budget-usd", "0.01").out
        assert "is enough for the worst" in judge("--dry-run", "--budget-usd", "9").out

    def test_a_batch_takes_up_to_a_day(self, judge: Judge) -> None:
        assert judge.json("--dry-run", "judge.tier=batch")["seconds"] == 86400

    @pytest.mark.parametrize(
        ("seconds", "said"),
        [(0.4, "0 s"), (89, "89 s"), (600, "10 min"), (6000, "1 h 40 min"), (86400, "24 h 0 min")],
    )
    def test_times_are_said_in_words(self, seconds: float, said: str) -> None:
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


class TestPreview:
    def test_shows_the_exact_request(self, judge: Judge) -> None:
        (shown,) = judge.json("--preview", "1")["requests"]
        assert shown["rater"] == f"gemini/{MODEL}"
        assert shown["model"] == MODEL
        assert "# The rubric" in shown["system"]
        assert list(shown["schema"]["properties"]) == ["A", "B", "C", "D"]
        assert judge.asked == 0

    def test_is_what_a_run_then_sends(self, judge: Judge, key: None, demo_copy: Path) -> None:
        judge.root = demo_copy
        settings = ("judge.orders=1", "judge.concurrency=1", 'judge.thinking_level="low"')
        (shown,) = judge.json("--preview", "1", *settings)["requests"]
        judge("--limit", "1", *settings)
        sent = json.loads(judge.record.last_body)
        parts = sent["contents"][0]["parts"]
        assert sent["systemInstruction"]["parts"] == [{"text": shown["system"]}]
        assert sent["generationConfig"]["responseJsonSchema"] == shown["schema"]
        assert sent["generationConfig"]["maxOutputTokens"] == shown["max_output_tokens"]
        assert len(parts) == len(shown["turns"][0]["parts"])
        for part, seen in zip(parts, shown["turns"][0]["parts"], strict=True):
            assert part.get("text") == seen.get("text")
            if "picture" in seen:
                assert Path(seen["picture"]).read_bytes()
        (event,) = judge.events
        assert event.request_hash == shown["request_hash"]
        assert [answer.candidate_id for answer in event.answers] == shown["candidate_ids"]

    def test_shows_also_what_came_already(self, judge: Judge, key: None) -> None:
        first = judge.json("--preview", "2")
        judge()
        assert judge.json("--preview", "2") == first

    def test_for_people_it_is_text_with_paths(self, judge: Judge, demo_copy: Path) -> None:
        judge.root = demo_copy
        ran = judge("--preview", "2")
        assert ran.code == 0
        assert ran.out.count("=== prompt ") == 2
        assert "[picture: " in ran.out
        assert "--- schema ---" in ran.out

    def test_one_thing_at_a_time(self, judge: Judge) -> None:
        ran = judge("--preview", "1", "--status")
        assert ran.code == 2
        assert "--preview and --status at once" in ran.err


class TestStatus:
    def test_of_a_workspace_that_was_never_judged(self, judge: Judge) -> None:
        found = judge.json("--status")
        assert (found["runs"], found["spent_usd"], found["failed"]) == ([], 0, {})

    def test_needs_no_judge_to_be_named(self, judge: Judge, key: None) -> None:
        judge()
        judge.settings = ("judge.jury=[]",)
        ran = judge("--status", "--json")
        assert len(ran.json["runs"]) == 1

    def test_says_what_was_spent_and_what_is_left(self, judge: Judge, key: None) -> None:
        spent = judge.json("--limit", "3")["usd"] + judge.json()["usd"]
        found = judge.json("--status", "--budget-usd", "1")
        assert found["spent_usd"] == pytest.approx(spent)
        assert found["left_usd"] == pytest.approx(1 - spent)
        assert [(run["came"], run["closed"]) for run in found["runs"]] == [(6, True), (6, True)]

    def test_tells_the_leaning_to_slots_and_unstable_pairs(self, judge: Judge, key: None) -> None:
        done = judge.json()
        found = judge.json("--status")
        for name in ("unstable", "slot_effect", "model_versions"):
            assert found[name] == done[name]
        unstable = found["unstable"][f"gemini/{MODEL}"]
        assert (unstable["pairs"], unstable["compared"]) == (36, 36)
        assert set(found["slot_effect"][f"gemini/{MODEL}"]) == {"0", "1", "2", "3"}
        out = judge("--status").out
        assert "Pairs seen in several orders" in out
        assert "Points by slot" in out
