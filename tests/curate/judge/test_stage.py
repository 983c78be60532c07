"""Asking what is not rated yet, and nothing twice."""

from pathlib import Path

import pytest

from annotate.prompting import prompt as prompting
from curate.judge import calls
from curate.media import sent
from tests.support.cli import curate
from tests.support.judge_runs import MODEL, Judge, judging, saying
from tests.support.workspaces import Bench

RATER = f"gemini/{MODEL}"


def test_every_prompt_is_judged_in_two_orders(judge: Judge) -> None:
    done = judge.json()
    assert (done["planned"], done["rated"], done["cached"], done["failed"]) == (6, 6, 0, {})
    assert (done["calls"], done["requests"], done["left"], done["stopped"]) == (12, 12, 0, None)
    assert done["model_versions"] == {RATER: {MODEL: 12}}
    assert done["usd"] == pytest.approx(
        sum(event.usage.usd for event in judge.events if event.usage)
    )
    assert judge.asked == 12


def test_an_event_says_who_was_asked_what_in_which_order(judge: Judge, asked: Bench) -> None:
    judge()
    for event in judge.events:
        assert (event.rater.kind, event.rater.id, event.rater.version) == ("judge", RATER, MODEL)
        assert [answer.position for answer in event.answers] == [0, 1, 2, 3]
        assert all(len(answer.scores) == len(answer.rationales) == 5 for answer in event.answers)
        assert (event.sample, event.failure, event.tiers) == (0, None, None)
        assert event.usage is not None
        assert event.usage.input_tokens > 0
        assert event.usage.usd > 0
    orders: dict[str, list[list[str]]] = {}
    for event in judge.events:
        shown = [answer.candidate_id for answer in event.answers]
        orders.setdefault(event.prompt_id, []).append(shown)
    assert orders.keys() == {prompt.prompt_id for prompt in asked.prompts.values()}
    assert all(first == list(reversed(second)) for first, second in orders.values())


def test_the_orders_of_a_prompt_are_numbered(judge: Judge) -> None:
    judge()
    numbers: dict[str, set[int]] = {}
    for event in judge.events:
        numbers.setdefault(event.prompt_id, set()).add(event.order_no)
    assert all(found == {0, 1} for found in numbers.values())


def test_a_rubric_that_ranks_gives_tiers(asked: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked.config = '[rubric]\npreset = "mm-rlhf"\n'
    asked.write()
    with judging(asked.root, monkeypatch) as judge:
        judge()
    for event in judge.events:
        assert event.tiers is not None
        ranked = sorted(candidate for tier in event.tiers for candidate in tier)
        assert ranked == sorted(answer.candidate_id for answer in event.answers)
        assert event.confirmed


def test_running_again_asks_nothing_and_builds_no_request(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge()

    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.delenv("GEMINI_API_KEY")
    monkeypatch.setattr(calls, "judge_request", never)
    monkeypatch.setattr(prompting, "judge_request", never)
    monkeypatch.setattr(sent, "scaled", never)
    before = sorted(path.name for path in (judge.root / "annotations").iterdir())
    again = judge.json()
    assert (again["planned"], again["rated"], again["cached"]) == (6, 0, 6)
    assert (again["calls"], again["usd"], again["journal"]) == (0, 0, None)
    assert sorted(path.name for path in (judge.root / "annotations").iterdir()) == before


def test_a_limit_takes_the_first_prompts_and_a_later_run_the_rest(judge: Judge) -> None:
    pilot = judge.json("--limit", "2")
    assert (pilot["planned"], pilot["rated"], judge.asked) == (2, 2, 4)
    rest = judge.json()
    assert (rest["planned"], rest["rated"], rest["cached"], judge.asked) == (6, 4, 2, 12)


def test_a_prompt_that_misses_one_order_is_rated_once_it_came(judge: Judge) -> None:
    judge("judge.orders=1")
    done = judge.json("judge.orders=2")
    assert (done["rated"], done["cached"], done["calls"]) == (6, 0, 6)


@pytest.mark.parametrize(
    "setting",
    [
        'judge.thinking_level="low"',
        "judge.temperature=0.5",
        'judge.model="other"',
        'judge.mode="pointwise"',
        'rubric.preset="mm-rlhf"',
    ],
)
def test_what_changes_the_request_is_judged_anew(judge: Judge, setting: str) -> None:
    judge()
    assert judge.json("--dry-run", setting)["left"] > 0


@pytest.mark.parametrize(
    "setting",
    [
        "judge.timeout_s=3",
        "judge.concurrency=2",
        "judge.rpm=1000",
        "judge.tpm=1e6",
        "judge.tier=flex",
        "judge.tier=batch",
        "judge.budget_usd=100",
        "judge.max_side=512",
        "judge.frames=3",
        "judge.base_url=http://127.0.0.1:1",
        "judge.orders=1",
        "pairs.min_margin=1",
    ],
)
def test_what_leaves_the_request_alone_is_not_judged_anew(judge: Judge, setting: str) -> None:
    judge()
    again = judge.json("--dry-run", setting)
    assert (again["left"], again["calls"]) == (0, 0)


def test_a_new_answer_is_a_new_judgement(judge: Judge, asked: Bench) -> None:
    judge("route.overlap_min=0", "route.overlap_share=0")
    asked.answer("Question 1?", "Another answer.")
    asked.write()
    done = judge.json()
    assert (done["rated"], done["cached"], done["calls"]) == (1, 5, 2)


def test_more_samples_ask_only_for_those_and_differ_by_seed(judge: Judge) -> None:
    judge("judge.samples=1")
    done = judge.json("judge.samples=2")
    assert (done["rated"], done["calls"]) == (6, 12)
    assert sorted(event.sample for event in judge.events) == [0] * 12 + [1] * 12
    assert max(judge.record.asked.values()) == 1, "the same request is never sent twice"


def test_a_reference_is_shown_and_hashed_only_where_it_is_used(
    asked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked.prompts["Question 0?"]
    asked.prompts["Question 0?"] = first.model_copy(update={"reference": "The golden answer."})
    asked.write()
    seen: list[str] = []

    def answer(body: dict[str, object]) -> str:
        seen.append(str(body))
        return saying(3)

    with judging(asked.root, monkeypatch, answer=answer) as judge:
        judge()
        assert not any("golden" in body for body in seen)
        done = judge.json("judge.use_reference=true")
        assert (done["rated"], done["cached"]) == (1, 5)
        assert sum("golden" in body for body in seen) == 2


def test_the_judgements_make_pairs(judge: Judge) -> None:
    judge()
    built = curate("build", "-C", judge.root, "--json", "--set", "pairs.policy=all-ranked")
    assert built.code == 0
    assert built.json["pairs"] > 0


def test_no_model_is_named_with_its_fix(asked: Bench) -> None:
    asked.write()
    ran = curate("judge", "-C", asked.root)
    assert ran.code == 1
    assert "[judge] names no model" in ran.err
    assert "--set judge.model=" in ran.err


def test_a_workspace_without_prompts_has_nothing_to_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    curate("init", tmp_path / "empty")
    with judging(tmp_path / "empty", monkeypatch) as judge:
        done = judge.json()
    assert (done["planned"], done["calls"]) == (0, 0)
