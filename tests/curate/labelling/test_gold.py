"""Gold goes out by its share and for qualification, in the right places, and never as work."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from annotate.label_studio.asked import Asked, answer_set
from annotate.label_studio.projects import EVERYBODY
from annotate.label_studio.shape import MANY, Shape, shape_of
from curate.engines.duckdb import DuckDBEngine
from curate.labelling import gold
from curate.labelling.asked_tasks import AskedRow
from curate.labelling.judged import nothing_judged
from curate.labelling.task_texts import Wanted, tasks
from curate.labelling.wanted import left_out, take_off, wanted_tables
from curate.routing.routes import ensure_routes
from tests.support.gold import gold as add_gold
from tests.support.gold import mark_gold
from tests.support.pages import medium
from tests.support.routing import NO_OVERLAP, rule
from tests.support.workspaces import Bench

CONFIG = NO_OVERLAP + rule("true", "human")
SHARE = "label_studio.gold_share=0.1"
PROJECT = 7

Sent = tuple[list[Wanted], gold.Gold]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Ninety prompts to rate and twelve gold ones, all with two answers."""
    found = Bench(tmp_path, CONFIG)
    for number in range(90):
        found.prompt(f"work {number}", "a", "b")
    for number in range(12):
        add_gold(found, f"gold {number}", "a", "b")
    return found


@contextmanager
def looking(bench: Bench, *settings: str, there: Sequence[AskedRow] = ()) -> Iterator[DuckDBEngine]:
    """The engine of a push that finds these tasks on the server."""
    workspace = bench.write(*settings)
    ensure_routes(workspace)
    with wanted_tables(workspace, None) as engine:
        take_off(engine, [list(there)])
        nothing_judged(engine)
        yield engine


def mix(
    bench: Bench, *settings: str, there: Sequence[AskedRow] = ()
) -> tuple[list[Wanted], gold.Gold]:
    """What a push sends in its order, and what it says of gold."""
    with looking(bench, *(settings or (SHARE,)), there=there) as engine:
        said = gold.mixed(engine, lambda *_: PROJECT)
        return list(tasks(engine)), said


def qualify(bench: Bench, wanted: int, *there: AskedRow) -> Sent:
    """What `--qualification` sends, and what it says of gold."""
    setting = f"label_studio.qualification={wanted}"
    with looking(bench, setting, SHARE, there=there) as engine:
        said = gold.qualifying(engine, wanted)
        return list(tasks(engine)), said


def task(wanted: Wanted, purpose: str, project: int = PROJECT) -> AskedRow:
    """A task that is on the server already."""
    answers = answer_set(it.candidate_id for it in wanted.candidates)
    found = Asked(1, purpose, wanted.prompt.prompt_id, answers, "x", is_voted=False)
    return AskedRow(project, 1, found)


def ids(found: list[Wanted]) -> set[str]:
    return {it.prompt.prompt_id for it in found}


def only_gold(found: list[Wanted]) -> list[Wanted]:
    return [it for it in found if it.is_gold]


def test_gold_is_no_work_whatever_the_routes_say(bench: Bench) -> None:
    with looking(bench) as engine:
        gold.none(engine)
        assert len(list(tasks(engine))) == 90
        assert left_out(engine) == {"gold": 12}


def test_a_prompt_with_another_value_of_the_attribute_is_work(bench: Bench) -> None:
    mark_gold(bench, "gold 0", "maybe")
    with looking(bench) as engine:
        assert engine.count("fresh") == 91


def test_the_share_of_new_tasks_is_gold(bench: Bench) -> None:
    found, said = mix(bench)
    assert len(found) == 100
    assert (said.wanted, said.tasks_new, len(only_gold(found))) == (10, 10, 10)


def test_gold_need_not_be_routed(bench: Bench) -> None:
    bench.config = NO_OVERLAP + rule("question like 'work%'", "human")
    assert len(only_gold(mix(bench)[0])) == 10


def test_gold_is_spread_evenly_and_not_at_equal_distances(bench: Bench) -> None:
    found, _ = mix(bench)
    places = [place for place, it in enumerate(found) if it.is_gold]
    assert [place // 10 for place in places] == list(range(10))
    distances = {later - place for place, later in pairwise(places)}
    assert len(distances) > 2


def test_work_keeps_its_order(bench: Bench) -> None:
    work = [it.prompt.prompt_id for it in mix(bench)[0] if not it.is_gold]
    assert work == sorted(work)


def test_the_same_seed_draws_the_same_and_another_draws_others(bench: Bench) -> None:
    first = mix(bench)[0]
    assert mix(bench)[0] == first
    (bench.root / "routes.parquet").unlink()
    assert ids(only_gold(mix(bench, SHARE, "route.seed=1")[0])) != ids(only_gold(first))


def test_too_little_gold_is_spread_all_the_same_and_said(bench: Bench) -> None:
    for number in range(2, 12):
        mark_gold(bench, f"gold {number}", "no")
    found, said = mix(bench)
    assert (said.wanted, said.tasks_new) == (11, 2)
    first, second = (place for place, it in enumerate(found) if it.is_gold)
    assert first <= 51 < second


def test_a_gold_prompt_goes_into_a_project_once(bench: Bench) -> None:
    before = only_gold(mix(bench)[0])
    found, said = mix(bench, there=[task(it, "work") for it in before])
    assert ids(only_gold(found)) == ids(
        only_gold(mix(bench, "label_studio.gold_share=0.2")[0])
    ) - ids(before)
    assert (said.wanted, said.tasks_new) == (10, 2)


def test_it_may_go_into_another_project(bench: Bench) -> None:
    before = only_gold(mix(bench)[0])
    found, _ = mix(bench, there=[task(it, "work", project=8) for it in before])
    assert ids(only_gold(found)) == ids(before)


def test_gold_goes_among_work_of_its_own_shape(bench: Bench) -> None:
    bench.prompt("pictured", "a", "b", media=[medium(1)])
    for number in range(30):
        bench.prompt(f"three {number}", "a", "b", "c")
    add_gold(bench, "gold of three", "a", "b", "c")
    found, said = mix(bench)
    assert {len(it.candidates) for it in only_gold(found)} == {2, 3}
    assert sum(len(it.candidates) == 3 for it in only_gold(found)) == 1
    assert (said.wanted, said.tasks_new) == (13, 11)


@pytest.mark.parametrize("known", ["source's ranking", "source's ratings", "final vote"])
def test_an_order_is_known_by_the_source_or_a_final_vote(bench: Bench, known: str) -> None:
    add_gold(bench, "new", "a", "b", known=False)
    if known == "source's ranking":
        bench.vote("new", "source:s", tiers=[["a"], ["b"]])
    elif known == "source's ratings":
        bench.vote("new", "source:s", {"a": 3, "b": 1})
    else:
        bench.vote("new", "human:expert", {"a": 3, "b": 1}, final=True)
    assert mix(bench)[1].refused == {}


@pytest.mark.parametrize("said", ["nothing", "an annotator", "a judge", "one answer"])
def test_gold_without_an_order_is_refused_and_counted(bench: Bench, said: str) -> None:
    prompt_id = add_gold(bench, "new", "a", "b", known=False)
    if said == "an annotator":
        bench.vote("new", "human:anna", tiers=[["a"], ["b"]])
    elif said == "a judge":
        bench.vote("new", "judge:j", {"a": 3, "b": 1})
    elif said == "one answer":
        bench.vote("new", "source:s", {"a": 3})
    found, report = mix(bench, "label_studio.gold_share=0.5")
    assert report.refused == {"gold_without_order": 1}
    assert prompt_id not in ids(found)


def test_gold_that_no_page_has_room_for_is_refused(bench: Bench) -> None:
    add_gold(bench, "one", "a", known=False)
    add_gold(bench, "nine", *map(str, range(9)))
    assert mix(bench)[1].refused == {"gold_too_few_answers": 1, "gold_too_many_answers": 1}


def test_what_annotators_wrote_is_no_answer_of_gold(bench: Bench) -> None:
    bench.answer("gold 0", "better", written=True)
    found = only_gold(mix(bench, "label_studio.gold_share=0.5")[0])
    assert {len(it.candidates) for it in found} == {2}


def test_a_qualification_is_a_draw_for_everybody(bench: Bench) -> None:
    found, said = qualify(bench, 5)
    assert len(ids(found)) == 5
    assert {it.raters for it in found} == {EVERYBODY}
    assert (said.wanted, said.tasks_new) == (5, 5)


def test_what_qualifies_is_not_among_the_work(bench: Bench) -> None:
    found, said = mix(bench, SHARE, "label_studio.qualification=5")
    assert not ids(found) & ids(qualify(bench, 5)[0])
    assert (said.wanted, said.tasks_new) == (10, 7)


def test_what_qualified_before_is_not_among_the_work(bench: Bench) -> None:
    before = qualify(bench, 5)[0]
    found, _ = mix(bench, there=[task(it, "qualification") for it in before])
    assert not ids(found) & ids(before)


def test_what_is_among_the_work_does_not_qualify(bench: Bench) -> None:
    work = only_gold(mix(bench)[0])
    found, said = qualify(bench, 5, *(task(it, "work") for it in work))
    assert not ids(found) & ids(work)
    assert (said.wanted, said.tasks_new) == (5, 2)


def test_a_qualification_is_filled_up_and_not_begun_anew(bench: Bench) -> None:
    before = qualify(bench, 3)[0]
    found, said = qualify(bench, 5, *(task(it, "qualification") for it in before))
    assert (said.wanted, said.tasks_new) == (2, 2)
    assert not ids(found) & ids(before)


@pytest.mark.parametrize("pictures", range(7))
def test_a_shape_is_the_same_in_the_engine_as_on_the_page(bench: Bench, pictures: int) -> None:
    media = [*(medium(it) for it in range(pictures)), medium(100, "video"), medium(101, "frames")]
    bench.prompt("with media", "a", "b", media=media)
    expected = shape_of(bench.prompts["with media"], 2)
    seen: list[Shape] = []
    with looking(bench, SHARE) as engine:
        gold.mixed(engine, lambda shape, _: seen.append(shape))
    assert expected in seen
    assert expected.pictures <= MANY
