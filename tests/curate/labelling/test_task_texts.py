"""Tasks come in their order with their own answers, however few are looked up at a time."""

from pathlib import Path

import pytest

from curate.labelling import gold, task_texts
from curate.labelling.judged import nothing_judged
from curate.labelling.task_texts import Wanted, tasks
from curate.labelling.wanted import take_off, wanted_tables
from curate.routing.routes import ensure_routes
from curate.workspace import Workspace
from tests.support.routing import NO_OVERLAP, rule
from tests.support.workspaces import Bench, write_pull


def read(workspace: Workspace) -> list[Wanted]:
    ensure_routes(workspace)
    with wanted_tables(workspace, None) as engine:
        take_off(engine, [])
        gold.none(engine)
        nothing_judged(engine)
        return list(tasks(engine))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Thirty prompts with two to four answers of their own."""
    found = Bench(tmp_path, NO_OVERLAP + rule("true", "human"))
    for number in range(30):
        answers = [f"{number} {answer}" for answer in range(2 + number % 3)]
        found.prompt(f"prompt {number}", *answers)
    return found


@pytest.mark.parametrize(("first", "characters"), [(1, 1), (7, 40), (100, 10**6)])
def test_every_task_comes_once_with_all_its_answers(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, first: int, characters: int
) -> None:
    monkeypatch.setattr(task_texts, "FIRST_SLICE", first)
    monkeypatch.setattr(task_texts, "SMALLEST", 1)
    monkeypatch.setattr(task_texts, "SLICE_CHARACTERS", characters)
    found = read(bench.write())
    assert [it.prompt.prompt_id for it in found] == sorted(
        it.prompt_id for it in bench.prompts.values()
    )
    texts = {it.prompt_id: text for text, it in bench.prompts.items()}
    for it in found:
        expected = {
            one.response
            for (text, _), one in bench.candidates.items()
            if text == texts[it.prompt.prompt_id]
        }
        assert {one.response for one in it.candidates} == expected


def test_a_prompt_of_two_pulls_comes_once(bench: Bench) -> None:
    workspace = bench.write()
    once = read(workspace)
    write_pull(workspace, "test-2", bench.prompts.values(), bench.candidates.values())
    assert read(workspace) == once
