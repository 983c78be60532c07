"""Annotators in numbers, against a count by hand and against a brute-force oracle."""

from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.labelling.status_raters import RaterFigures, RaterStatus, rater_figures
from schemas.base import content_id
from schemas.errors import JournalError
from schemas.event import Event, Usage
from tests.support.oracle_status import agreement, by_rater, gold
from tests.support.workspaces import NOW, Bench

ANN, BEN, CLEO = (f"human:h-{number:012x}" for number in (1, 2, 3))
CONFIG = """
[rubric]
name = "small"
[[rubric.metric]]
name = "x"
question = "?"
max = 2
[[rubric.metric]]
name = "y"
question = "?"
max = 2
weight = 2
[[rubric.metric]]
name = "z"
question = "?"
max = 2
weight = 0
"""
WEIGHTS = {"x": 1, "y": 2}
GOLD, PLAIN, ANSWERS = ("gold 1", "gold 2"), ("plain 1", "plain 2"), "abc"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Two gold prompts and two others, three answers each."""
    return made(tmp_path)


def made(root: Path) -> Bench:
    bench = Bench(root, CONFIG)
    for text in (*GOLD, *PLAIN):
        bench.prompt(text, *ANSWERS)
    for text in GOLD:
        asked = bench.prompts[text]
        bench.prompts[text] = asked.model_copy(update={"attributes": {"gold": "true"}})
    return bench


def figures(bench: Bench) -> RaterFigures:
    return rater_figures(bench.write())


def of(bench: Bench, rater: str) -> RaterStatus:
    (found,) = [it for it in figures(bench).raters if f"human:{it.rater}" == rater]
    return found


def test_agreement_counts_pairs_that_both_compared_and_a_tie_half(bench: Bench) -> None:
    bench.vote(PLAIN[0], ANN, tiers=["a", "b", "c"])
    bench.vote(PLAIN[0], BEN, tiers=["a", "bc"])
    bench.vote(PLAIN[1], ANN, tiers=["a", "b", "c"])
    found = figures(bench)
    assert (found.compared, of(bench, ANN).compared) == (3, 3)
    assert found.agreement == of(bench, ANN).agreement == pytest.approx(2.5 / 3)


def test_a_rankings_sign_comes_before_the_scores(bench: Bench) -> None:
    bench.vote(PLAIN[0], ANN, {"a": 2, "b": 0}, tiers=["b", "a"])
    bench.vote(PLAIN[0], BEN, {"a": 0, "b": 2})
    assert figures(bench).agreement == 1


@pytest.mark.parametrize(
    ("more", "compared"),
    [({"confirmed": False}, 0), ({"final": True}, 0), ({"deleted": True}, 0), ({}, 3)],
)
def test_only_an_annotators_own_live_word_is_compared(
    bench: Bench, more: dict[str, Any], compared: int
) -> None:
    bench.vote(PLAIN[0], ANN, tiers=["a", "b", "c"])
    bench.vote(PLAIN[0], BEN, tiers=["a", "b", "c"], **more)
    bench.vote(PLAIN[0], "human:anna", tiers=["a", "b", "c"])
    assert figures(bench).compared == compared


def test_gold_is_right_as_its_source_has_it_and_a_final_event_before_that(bench: Bench) -> None:
    bench.vote(GOLD[0], "source:set", tiers=["a", "b", "c"])
    bench.vote(GOLD[1], "source:set", tiers=["a", "b", "c"])
    bench.vote(GOLD[1], CLEO, tiers=["c", "b", "a"], final=True)
    bench.vote(PLAIN[0], "source:set", tiers=["a", "b", "c"])
    for text in (GOLD[0], GOLD[1], PLAIN[0]):
        bench.vote(text, ANN, tiers=["a", "bc"])
    found = of(bench, ANN)
    assert (found.gold_tasks, found.gold_pairs, found.gold_right) == (2, 6, 2.5 + 0.5)


def test_a_source_may_know_gold_by_an_overall_of_its_own(bench: Bench) -> None:
    bench.vote(
        GOLD[0],
        "source:set",
        {"a": {"overall": 70}, "b": {"overall": 20}},
        rubric_id="overall:0:100",
        overall_scale=(0, 100),
    )
    bench.vote(GOLD[0], ANN, {"a": 2, "b": 0})
    bench.vote(GOLD[0], BEN, tiers=["b", "a"])
    assert (of(bench, ANN).gold_right, of(bench, BEN).gold_right) == (1, 0)


@pytest.mark.parametrize(
    ("tasks", "right", "qualified"), [(2, 6, None), (3, 7.5, True), (3, 7, False), (0, 0, None)]
)
def test_qualified_is_said_once_enough_gold_was_seen(
    tasks: int, right: float, *, qualified: bool | None
) -> None:
    found = RaterStatus("h", gold_tasks=tasks, gold_pairs=3 * tasks, gold_right=right)
    assert found.qualified is qualified


def test_a_number_that_no_scale_has_is_no_score(bench: Bench) -> None:
    bench.vote(PLAIN[0], ANN, {"a": 1e300, "b": -1e300, "c": 1})
    bench.vote(PLAIN[0], BEN, {"a": 2, "b": 0, "c": 1})
    assert (of(bench, ANN).votes, of(bench, ANN).compared) == (1, 0)


def test_votes_pace_and_the_last_vote_are_of_live_events(bench: Bench) -> None:
    first = bench.vote(PLAIN[0], ANN, tiers=["a", "b"], usage=Usage(seconds=500))
    for hours, seconds in ((1, 10), (2, 30), (3, 0)):
        bench.vote(
            PLAIN[hours % 2],
            ANN,
            tiers=["a", "b"],
            usage=Usage(seconds=seconds),
            at=NOW + timedelta(hours=hours),
            supersedes=first.event_id if hours == 1 else None,
        )
    found = of(bench, ANN)
    assert (found.votes, found.seconds, found.last_vote) == (3, 20, "2026-01-02T06:04:05Z")
    assert figures(bench).seconds == 20


def test_reviews_are_of_the_rater_whose_vote_it_was_and_are_no_votes(bench: Bench) -> None:
    kept, taken_back = (bench.vote(text, ANN, tiers=["a", "b"]) for text in PLAIN)
    bench.vote(PLAIN[0], CLEO, reviews=kept.event_id, flags=("accepted",))
    bench.vote(PLAIN[1], CLEO, reviews=taken_back.event_id, flags=("returned",))
    bench.vote(PLAIN[1], ANN, deleted=True, supersedes=taken_back.event_id)
    found = of(bench, ANN)
    assert (found.votes, found.accepted, found.returned) == (1, 1, 1)
    assert of(bench, CLEO).votes == 0


def test_a_rater_whose_votes_were_all_taken_back_is_still_there(bench: Bench) -> None:
    vote = bench.vote(PLAIN[0], ANN, tiers=["a", "b"])
    bench.vote(PLAIN[0], ANN, deleted=True, supersedes=vote.event_id)
    assert of(bench, ANN) == RaterStatus(ANN.removeprefix("human:"))


def test_a_workspace_without_votes_has_no_figures(bench: Bench) -> None:
    assert figures(bench) == RaterFigures((), None, 0, None)


@pytest.mark.parametrize("line", ["no event", "{}", '{"event_id": "' + "0" * 32 + '"}'])
def test_a_line_that_is_no_event_is_named(bench: Bench, line: str) -> None:
    workspace = bench.write()
    (workspace.annotations / "label-1.jsonl").write_text(f"{line}\n", "utf-8")
    with pytest.raises(JournalError, match=r"label-1\.jsonl"):
        rater_figures(workspace)


tiers = st.permutations(ANSWERS).flatmap(
    lambda order: st.sampled_from(
        [None, [*order], [order[0], "".join(order[1:])], ["".join(order)], [*order[:2]]]
    )
)
scores = st.none() | st.dictionaries(
    st.sampled_from(ANSWERS),
    st.fixed_dictionaries(
        {"y": st.integers(0, 2)}, optional={"x": st.integers(0, 2), "z": st.just(1)}
    ),
    min_size=2,
)
votes = st.fixed_dictionaries(
    {
        "prompt": st.sampled_from((GOLD[0], GOLD[0], PLAIN[0])),
        "rater": st.sampled_from(
            (ANN, ANN, BEN, BEN, CLEO, "source:set", "source:set", "human:anna")
        ),
        "scores": scores,
        "tiers": tiers,
        "confirmed": st.sampled_from((True, True, True, False)),
        "final": st.sampled_from((False,) * 5 + (True,)),
        "deleted": st.sampled_from((False,) * 9 + (True,)),
        "back": st.integers(0, 200),
    }
)


@settings(max_examples=40)
@given(st.lists(votes, min_size=3, max_size=25))
def test_figures_are_those_of_the_oracle(said: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        bench = made(Path(folder))
        number = count()
        for one in said:
            _vote(bench, next(number), **one)
        found = figures(bench)
        rubric_id = bench.write().rubric.rubric_id
    _compare(found, bench.events, {bench.prompts[it].prompt_id for it in GOLD}, rubric_id)


def _vote(bench: Bench, number: int, back: int, **said: Any) -> None:
    """An event; some supersede one before."""
    supersedes = bench.events[back].event_id if back < len(bench.events) else None
    bench.vote(**said, supersedes=supersedes, event_id=content_id([number]))


def _compare(
    found: RaterFigures, events: list[Event], gold_prompts: set[str], rubric_id: str
) -> None:
    said = by_rater(events, WEIGHTS, rubric_id)
    overall = agreement(said)
    assert found.compared == overall.of
    assert found.agreement == pytest.approx(overall.share)
    for it in found.raters:
        votes_of_one = said.get(it.rater, {})
        own = agreement({it.rater: votes_of_one, **said}, it.rater)
        right = gold(votes_of_one, events, gold_prompts, WEIGHTS, rubric_id)
        assert (it.compared, it.gold_pairs) == (own.of, right.of)
        assert it.agreement == pytest.approx(own.share)
        assert it.gold_right == pytest.approx((right.share or 0) * right.of)
