"""What people are to rate: routed to them, with the answers that were frozen, and not asked yet."""

from pathlib import Path

import pytest

from annotate.label_studio.asked import answer_set
from curate.labelling.wanted import Wanted, fresh, left_out, take_off, wanted_tables
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


def look(
    bench: Bench, asked: list[tuple[str, str]] | None = None, limit: int | None = None
) -> tuple[list[Wanted], dict[str, int]]:
    workspace = bench.write()
    ensure_routes(workspace)
    with wanted_tables(workspace, limit) as engine:
        count = take_off(engine, asked or [])
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
    again, _ = look(bench, asked)
    assert [it.prompt.prompt_id for it in again] == [other.prompt.prompt_id]


def test_a_limit_takes_the_first(bench: Bench) -> None:
    assert len(look(bench, limit=1)[0]) == 1


def test_what_no_page_has_room_for_is_counted(bench: Bench) -> None:
    bench.prompt("One?", "only")
    bench.prompt("Nine?", *map(str, range(9)))
    found, left = look(bench)
    assert len(found) == 2
    assert left == {"too_few_answers": 1, "too_many_answers": 1}
