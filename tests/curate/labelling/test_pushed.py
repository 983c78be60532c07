"""`curate status` knows what people were asked for, without a server."""

from pathlib import Path

import pyarrow as pa
import pytest

from curate.engines.duckdb import DuckDBEngine
from curate.labelling.asked_tasks import SCHEMA
from curate.labelling.pushed import keep_pushed
from curate.status import look
from tests.support.cli import curate
from tests.support.workspaces import Bench

ANN, BEN = "human:h-0123456789ab", "human:h-ba9876543210"
TASKS = pa.schema([("prompt_id", pa.string()), ("raters", pa.int64())])


def push(bench: Bench, folder: Path, asked: dict[str, int], sent: dict[str, int]) -> None:
    """Write down a push onto a server that had `asked`, each a question and its raters."""
    ids = {question: it.prompt_id for question, it in bench.prompts.items()}
    row = {"project": 1, "task": 1, "answer_set": "a b", "brought_by": "", "is_voted": False}
    there = [
        {**row, "prompt_id": ids[it], "raters": raters, "purpose": purpose}
        for it, raters in asked.items()
        for purpose in ("work", "review")
    ]
    new = [{"prompt_id": ids[it], "raters": raters} for it, raters in sent.items()]
    folder.mkdir()
    engine = DuckDBEngine(folder, {"purpose": "work"})
    engine.put("asked", pa.Table.from_pylist(there, SCHEMA))
    engine.put("tasks", pa.Table.from_pylist(new, TASKS))
    keep_pushed(bench.write(), engine)
    engine.close()


@pytest.fixture
def pushed(bench: Bench, tmp_path: Path) -> Bench:
    """Three prompts before two people each, the last of them just sent."""
    for question in ("One?", "Two?", "Three?"):
        bench.prompt(question, "Yes.", "No.")
    push(bench, tmp_path / "engine", {"One?": 2, "Two?": 2}, {"Three?": 2})
    return bench


def test_before_the_first_push_nothing_is_known(bench: Bench) -> None:
    bench.prompt("One?", "Yes.", "No.")
    assert look(bench.write()).wanted_of_people is None


def test_votes_that_were_asked_for_come_before_a_build(pushed: Bench) -> None:
    found = look(pushed.write())
    assert found.wanted_of_people == 6
    assert found.next_step == (
        "curate label pull (6 votes of people are wanted still; curate label status)"
    )


def test_what_was_pulled_is_wanted_no_more_and_judges_are_no_people(pushed: Bench) -> None:
    for question in ("One?", "Two?", "Three?"):
        pushed.vote(question, ANN, {"Yes.": 4, "No.": 0})
        pushed.vote(question, "judge:j", {"Yes.": 4, "No.": 0})
    for question in ("One?", "Two?"):
        pushed.vote(question, BEN, {"Yes.": 4, "No.": 1})
    pushed.write()
    assert curate("status", "-C", pushed.root).out.splitlines()[-1] == (
        "Next: curate label pull (1 vote of people is wanted still; curate label status); "
        "without them: curate build"
    )
    pushed.vote("Three?", BEN, {"Yes.": 4, "No.": 1})
    found = look(pushed.write())
    assert (found.wanted_of_people, found.next_step) == (0, "curate build")


def test_prompts_that_are_gone_are_wanted_no_more(pushed: Bench) -> None:
    pushed.prompts.pop("Three?")
    assert look(pushed.write()).wanted_of_people == 4


def test_what_a_push_left_may_be_damaged(pushed: Bench) -> None:
    (path,) = pushed.root.glob("*/pushed.parquet")
    path.write_bytes(path.read_bytes()[:40])
    ran = curate("status", "-C", pushed.root)
    assert ran.code == 1
    assert f"{path}: " in ran.err
    assert "the next curate label push writes it anew" in ran.err
