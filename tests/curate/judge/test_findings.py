"""What judgements say of the judge, beside the same sums in Python."""

from collections import defaultdict
from pathlib import Path

import pytest

from annotate.prompting.consistency import Reading, slot_effect, unstable
from curate.judge.findings import Findings, Unstable, unstable_warnings
from curate.workspace import Workspace
from schemas.event import Event
from schemas.intervals import wilson
from tests.support.judge_runs import MODEL, Judge, judging
from tests.support.workspaces import Bench

RATER = f"gemini/{MODEL}"


def readings(root: Path, events: list[Event]) -> dict[str, list[Reading]]:
    """By prompt, each judgement's totals by the workspace's weights."""
    weights = Workspace.open(root).settings.weights
    found: dict[str, list[Reading]] = defaultdict(list)
    for event in events:
        totals = {
            answer.candidate_id: sum(weights[name] * value for name, value in answer.scores.items())
            for answer in event.answers
        }
        order = tuple(answer.candidate_id for answer in event.answers)
        found[event.prompt_id].append(Reading(order, totals))
    return found


@pytest.mark.parametrize("mode", ["listwise", "pairwise"])
def test_unstable_pairs_and_slots_are_those_of_the_readings(
    many: Bench, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    with judging(many.root, monkeypatch, f"judge.mode={mode}") as judge:
        done = judge.json("--limit", "40")
    by_prompt = readings(many.root, judge.events)
    settings = Workspace.open(many.root).settings
    threshold = settings.pairs.unstable_above * settings.widest_difference
    kinds = [kind for one in by_prompt.values() for kind in unstable(one, threshold).values()]
    found = done["unstable"][RATER]
    assert found["compared"] == found["pairs"] == 40 * 6
    assert found["opposite"] == kinds.count("opposite") > 0
    assert found["spread"] == kinds.count("spread") > 0
    assert found["share"] == pytest.approx(len(kinds) / 240)
    every = [reading for one in by_prompt.values() for reading in one]
    slots = {str(slot): effect for slot, effect in slot_effect(every).items()}
    assert done["slot_effect"][RATER] == pytest.approx(slots)
    low, high = wilson(found["share"], 40)
    told = (
        f"{RATER} is unstable on {found['share']:.1%} [{low:.1%}, {high:.1%}] of 240 pairs, beyond "
        "[limits] swap_flips = 0.3: what it prefers changes with the order of the answers, as a "
        "coin's would on half of the pairs, and it gives no vote on these; look at its model and "
        "the rubric before you spend more"
    )
    assert done["warnings"] == [told]


def test_repeats_are_averaged_before_orders_are_compared(
    many: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with judging(many.root, monkeypatch, "judge.samples=2") as judge:
        found = judge.json("--limit", "20")["unstable"][RATER]
    assert found["compared"] == 20 * 6


@pytest.mark.parametrize(
    ("counts", "limit", "warned"),
    [
        (Unstable(20, 20, 8, 4, 20.0), 0.3, True),
        (Unstable(20, 20, 8, 4, 20.0), None, False),
        (Unstable(20, 20, 8, 4, 20.0), 0.5, False),
        (Unstable(19, 19, 19, 0, 19.0), 0.3, False),  # too few
        (Unstable(20, 20, 8, 4, 5.0), 0.3, False),  # of five prompts
        (Unstable(20, 0, 0, 0, 0.0), 0.3, False),
    ],
)
def test_a_judge_is_warned_of_where_all_of_the_interval_is_beyond_the_limit(
    counts: Unstable, limit: float | None, *, warned: bool
) -> None:
    assert bool(list(unstable_warnings(Findings({}, {RATER: counts}), limit))) == warned


def test_one_order_compares_nothing(judge: Judge) -> None:
    done = judge.json("judge.orders=1")
    assert done["unstable"][RATER] == {
        "pairs": 36,
        "compared": 0,
        "opposite": 0,
        "spread": 0,
        "share": None,
    }
    assert done["slot_effect"] == {}


def test_single_answers_are_pairs_too_but_have_no_orders(judge: Judge) -> None:
    done = judge.json("judge.mode=pointwise")
    assert (done["unstable"][RATER]["pairs"], done["unstable"][RATER]["compared"]) == (36, 0)


def test_another_wording_is_another_matter(judge: Judge) -> None:
    judge()
    shown = judge.json("--status", 'rubric.preset="mm-rlhf"')
    assert (shown["model_versions"], shown["unstable"]) == ({}, {})
    assert len(shown["runs"]) == 1
