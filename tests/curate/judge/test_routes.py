"""Which prompts are judged: those that routes send to the judge, with the answers they name."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.support.judge_runs import Judge
from tests.support.workspaces import Bench

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


def test_routes_name_the_answers_that_are_rated(judge: Judge, asked: Bench) -> None:
    answers = {
        prompt.prompt_id: sorted(
            one.candidate_id
            for one in asked.candidates.values()
            if one.prompt_id == prompt.prompt_id
        )[:3]
        for prompt in asked.prompts.values()
    }
    route(asked, candidate_ids=list(answers.values()))
    judge()
    for event in judge.events:
        assert sorted(answer.candidate_id for answer in event.answers) == answers[event.prompt_id]


@pytest.mark.parametrize(("default", "planned"), [("judge", 6), ("both", 6), ("human", 0)])
def test_without_routes_the_default_decides(judge: Judge, default: str, planned: int) -> None:
    assert judge.json("--dry-run", f"route.default={default}")["planned"] == planned


def test_written_answers_are_not_judged_unless_asked_for(judge: Judge, asked: Bench) -> None:
    asked.answer("Question 0?", "What should have been said.", written=True)
    asked.write()
    assert judge.json()["rated"] == 6
    assert {len(event.answers) for event in judge.events} == {4}
    assert judge.json("route.written=true")["rated"] == 1
    assert len(judge.events[-1].answers) == 5


def test_a_single_answer_is_compared_with_nothing(judge: Judge, asked: Bench) -> None:
    asked.prompt("Only one?", "One.")
    asked.write()
    assert judge.json("--dry-run")["planned"] == 6
    assert judge.json("--dry-run", "judge.mode=pairwise")["planned"] == 36
    assert judge.json("--dry-run", "judge.mode=pointwise")["planned"] == 25
