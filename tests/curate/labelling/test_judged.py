"""What judges said of the very answers of a task: live events by the workspace's rubric."""

from fractions import Fraction
from pathlib import Path

import pytest

from annotate.label_studio.prediction import means_of
from curate.labelling import gold
from curate.labelling.judged import look_judged
from curate.labelling.task_texts import tasks
from curate.labelling.wanted import take_off, wanted_tables
from curate.routing.routes import ensure_routes
from tests.support.routing import NO_OVERLAP, rule
from tests.support.workspaces import Bench

CONFIG = NO_OVERLAP + rule("true", "human")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """One prompt with two answers."""
    found = Bench(tmp_path, CONFIG)
    found.prompt("Which?", "a", "b")
    return found


def means(bench: Bench) -> dict[str, Fraction]:
    """The mean helpfulness of each answer of the task."""
    workspace = bench.write()
    ensure_routes(workspace)
    with wanted_tables(workspace, None) as engine:
        take_off(engine, [])
        gold.none(engine)
        look_judged(engine)
        (found,) = tasks(engine)
    texts = {it.candidate_id: it.response for it in found.candidates}
    by_id = means_of(found.scores)
    return {texts[one]: it for (one, metric), it in by_id.items() if metric == "helpfulness"}


def test_means_are_over_judges_and_orders(bench: Bench) -> None:
    bench.vote("Which?", "judge:j", {"a": 4, "b": 1}, order_no=0)
    bench.vote("Which?", "judge:j", {"a": 3, "b": 1}, order_no=1)
    bench.vote("Which?", "judge:k", {"a": 1, "b": 1})
    assert means(bench) == {"a": Fraction(8, 3), "b": 1}


def test_only_judges_count(bench: Bench) -> None:
    for rater in ("human:anna", "source:s", "reward_model:r"):
        bench.vote("Which?", rater, {"a": 4, "b": 1})
    assert means(bench) == {}


def test_a_superseded_a_deleted_and_a_failed_judgement_do_not_count(bench: Bench) -> None:
    old = bench.vote("Which?", "judge:j", {"a": 4, "b": 4})
    new = bench.vote("Which?", "judge:j", {"a": 2, "b": 1}, supersedes=old.event_id)
    gone = bench.vote("Which?", "judge:k", {"a": 0, "b": 0})
    bench.vote("Which?", "judge:k", supersedes=gone.event_id, deleted=True)
    bench.vote("Which?", "judge:l", failure={"reason": "blocked"})
    bench.events.append(new)
    assert means(bench) == {"a": 2, "b": 1}


def test_scores_by_another_rubric_do_not_count(bench: Bench) -> None:
    scores = {"a": {"helpfulness": 4}, "b": {"helpfulness": 1}}
    bench.vote("Which?", "judge:j", scores, rubric_id="helpfulness:0:10")
    assert means(bench) == {}


def test_scores_of_answers_that_are_not_shown_do_not_reach_the_page(bench: Bench) -> None:
    means(bench)
    bench.answer("Which?", "later")
    bench.vote("Which?", "judge:j", {"a": 4, "b": 1, "later": 2})
    workspace = bench.write()
    with wanted_tables(workspace, None) as engine:
        take_off(engine, [])
        gold.none(engine)
        look_judged(engine)
        (found,) = tasks(engine)
    assert {it["candidate_id"] for it in found.scores} == {
        it.candidate_id for it in found.candidates
    }
