"""What people are to rate: routed to them, with the answers that were frozen, and not asked yet."""

from pathlib import Path

import pytest

from annotate.label_studio.asked import Asked, answer_set
from curate.labelling.asked_tasks import AskedRow
from curate.labelling.task_texts import Wanted
from curate.labelling.wanted import (
    fresh,
    left_out,
    raters_changed,
    take_off,
    wanted_tables,
)
from curate.routing.routes import ensure_routes
from tests.support.routing import NO_OVERLAP, rule
from tests.support.workspaces import Bench

CONFIG = NO_OVERLAP + rule("true", "human", raters=3)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Two prompts with answers."""
    bench = Bench(tmp_path, CONFIG)
    bench.prompt("Which?", "a", "b", "c")
    bench.prompt("Who?", "d", "e")
    return bench


def rows(asked: list[tuple[str, str]], raters: int = 3, purpose: str = "work") -> list[AskedRow]:
    """Tasks of project 1 as the server lists them."""
    return [
        AskedRow(1, raters, Asked(number, purpose, prompt_id, answers, "x", is_voted=False))
        for number, (prompt_id, answers) in enumerate(asked)
    ]


def look(
    bench: Bench, asked: list[AskedRow] | None = None, limit: int | None = None
) -> tuple[list[Wanted], dict[str, int]]:
    workspace = bench.write()
    ensure_routes(workspace)
    with wanted_tables(workspace, limit) as engine:
        count = take_off(engine, [asked or []])
        found = list(fresh(engine))
        assert len(found) == count
        return found, left_out(engine)


def test_prompts_come_with_their_answers_and_the_number_of_raters(bench: Bench) -> None:
    found, left = look(bench)
    texts = {
        it.prompt.messages[0].parts[0].text: {answer.response for answer in it.candidates}
        for it in found
    }
    assert texts == {"Which?": {"a", "b", "c"}, "Who?": {"d", "e"}}
    assert {it.raters for it in found} == {3}
    assert left == {}


def test_an_answer_that_came_after_the_routes_is_not_shown(bench: Bench) -> None:
    look(bench)
    bench.answer("Who?", "later")
    found, _ = look(bench)
    assert {len(it.candidates) for it in found} == {2, 3}


def test_only_what_is_routed_to_people_is_wanted(tmp_path: Path) -> None:
    bench = Bench(tmp_path, NO_OVERLAP)
    bench.prompt("Which?", "a", "b")
    assert look(bench) == ([], {})


def test_what_was_asked_is_taken_off_by_prompt_and_answers(bench: Bench) -> None:
    found, _ = look(bench)
    one, other = found
    ids = [answer.candidate_id for answer in reversed(one.candidates)]
    asked = [(one.prompt.prompt_id, answer_set(ids)), (other.prompt.prompt_id, "others")]
    again, _ = look(bench, rows(asked))
    assert [it.prompt.prompt_id for it in again] == [other.prompt.prompt_id]
    assert look(bench, rows(asked, purpose="adjudication"))[0] == found


@pytest.mark.parametrize(("raters", "changed"), [(3, 0), (2, 1)])
def test_prompts_in_a_project_for_another_number_of_raters_are_counted(
    bench: Bench, raters: int, changed: int
) -> None:
    (one, _), _ = look(bench)
    there = (one.prompt.prompt_id, answer_set(it.candidate_id for it in one.candidates))
    with wanted_tables(bench.write(), None) as engine:
        take_off(engine, [rows([there], raters)])
        assert raters_changed(engine) == changed


def test_a_limit_takes_the_first(bench: Bench) -> None:
    assert len(look(bench, limit=1)[0]) == 1


def test_what_no_page_has_room_for_is_counted(bench: Bench) -> None:
    bench.prompt("One?", "only")
    bench.prompt("Nine?", *map(str, range(9)))
    found, left = look(bench)
    assert len(found) == 2
    assert left == {"too_few_answers": 1, "too_many_answers": 1}


def test_an_answer_that_is_gone_is_not_shown(bench: Bench) -> None:
    look(bench)
    del bench.candidates["Which?", "a"]
    found, _ = look(bench)
    texts = [{answer.response for answer in it.candidates} for it in found]
    assert sorted(texts, key=sorted) == [{"b", "c"}, {"d", "e"}]


def test_a_prompt_whose_answers_are_all_gone_is_counted(bench: Bench) -> None:
    look(bench)
    for text in ("d", "e"):
        del bench.candidates["Who?", text]
    found, left = look(bench)
    assert (len(found), left) == (1, {"too_few_answers": 1})
