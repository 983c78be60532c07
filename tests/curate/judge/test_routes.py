"""Which prompts are judged: those that routes send to the judge, with the answers they name."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.support.cli import curate
from tests.support.judge_runs import Judge
from tests.support.workspaces import Bench

ALONE = ("route.overlap_min=0", "route.overlap_share=0")
"""No prompt is drawn for people too, so no set of answers is frozen."""
TO = ("human", "judge", "both", "none", "judge", "human")


def route(bench: Bench, **columns: list[object]) -> list[str]:
    """A routes.parquet that sends the prompts here and there; their ids."""
    prompts = [prompt.prompt_id for prompt in bench.prompts.values()]
    table = pa.table({"prompt_id": prompts, "to": list(TO), **columns})
    pq.write_table(table, bench.root / "routes.parquet")
    return prompts


def test_routes_say_who_is_judged(judge: Judge, asked: Bench) -> None:
    prompts = route(asked)
    assert judge.json()["planned"] == 3
    judged = {event.prompt_id for event in judge.events}
    assert judged == {prompts[place] for place in (1, 2, 4)}


@pytest.mark.parametrize("frozen", [True, False])
def test_answers_that_people_were_shown_stay_as_they_are(
    judge: Judge, asked: Bench, frozen: object
) -> None:
    shown: dict[str, list[str]] = {
        prompt.prompt_id: sorted(_answers(asked, prompt.prompt_id))[:3]
        for prompt in asked.prompts.values()
    }
    route(asked, candidate_ids=list(shown.values()), frozen=[frozen] * len(TO))
    judge()
    for event in judge.events:
        judged = sorted(answer.candidate_id for answer in event.answers)
        every = sorted(_answers(asked, event.prompt_id))
        assert judged == (shown[event.prompt_id] if frozen else every)


def test_the_first_run_makes_the_routes(judge: Judge, asked: Bench) -> None:
    rules = (
        *ALONE,
        "route.rule=[{when=\"question like '%3%'\", to='human'}]",
    )
    assert judge.json("--dry-run", *rules)["planned"] == 6
    assert not (asked.root / "routes.parquet").exists(), "a dry run writes nothing"
    assert judge.json(*rules)["planned"] == 5
    assert (asked.root / "routes.parquet").exists()
    assert asked.prompts["Question 3?"].prompt_id not in {one.prompt_id for one in judge.events}


def test_prompts_that_came_after_the_routes_are_told(judge: Judge, asked: Bench) -> None:
    judge()
    asked.prompt("A later one?", "One.", "None.")
    asked.write()
    ran = judge("--json")
    assert (ran.json["planned"], ran.json["cached"]) == (6, 6)
    assert "1 prompt has no route yet and is not judged: run curate route" in ran.err
    curate("route", "-C", asked.root)
    assert judge.json()["rated"] == 1


@pytest.mark.parametrize(("default", "planned"), [("judge", 6), ("both", 6), ("human", 0)])
def test_without_routes_the_default_decides(judge: Judge, default: str, planned: int) -> None:
    assert judge.json("--dry-run", f"route.default={default}")["planned"] == planned


def test_written_answers_are_not_judged_unless_asked_for(judge: Judge, asked: Bench) -> None:
    asked.answer("Question 0?", "What should have been said.", written=True)
    asked.write()
    assert judge.json(*ALONE)["rated"] == 6
    assert {len(event.answers) for event in judge.events} == {4}
    assert judge.json("route.written=true")["rated"] == 1
    assert len(judge.events[-1].answers) == 5


def test_a_single_answer_is_compared_with_nothing(judge: Judge, asked: Bench) -> None:
    asked.prompt("Only one?", "One.")
    asked.write()
    assert judge.json("--dry-run")["planned"] == 6
    assert judge.json("--dry-run", "judge.mode=pairwise")["planned"] == 36
    assert judge.json("--dry-run", "judge.mode=pointwise")["planned"] == 25


def _answers(bench: Bench, prompt_id: str) -> list[str]:
    return [one.candidate_id for one in bench.candidates.values() if one.prompt_id == prompt_id]
