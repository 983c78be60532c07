"""After a selection only its prompts are routed; the overlap is a uniform draw of them."""

import pyarrow.parquet as pq
import pytest

from curate.routing.routes import Options, ensure_routes, route
from curate.selecting.stage import clear
from schemas.errors import WorkspaceError
from tests.support.cli import curate
from tests.support.routing import routes, targets
from tests.support.selecting import chosen, taken, workspace_of
from tests.support.workspaces import Bench


@pytest.fixture
def asked(bench: Bench) -> Bench:
    bench.config = "[route]\noverlap_min = 5\noverlap_share = 0\n"
    for number in range(40):
        bench.prompt(f"q{number}", "a", "b")
    return bench


def test_only_selected_prompts_are_rated(asked: Bench) -> None:
    chosen(asked, 12, draw="uniform")
    report = route(workspace_of(asked), Options())
    selected = set(taken(asked))
    for text, (to, rule) in targets(asked).items():
        assert (rule == "not_selected") == (text not in selected)
        assert (to == "none") == (text not in selected)
    assert str(report.selection) == "12 of 40 prompts are selected"
    assert (report.totals.overlap, report.totals.comparable) == (5, 12)


def test_a_selected_prompt_without_an_answer_is_unanswered(asked: Bench) -> None:
    asked.prompt("nothing yet")
    chosen(asked, 41)
    route(workspace_of(asked), Options())
    assert targets(asked)["nothing yet"] == ("none", "unanswered")


def test_the_overlap_is_drawn_among_the_selected_whatever_the_draw(asked: Bench) -> None:
    chosen(asked, 20, draw="diversity")
    route(workspace_of(asked), Options())
    drawn = {text for text, row in routes(asked).items() if row["overlap"]}
    assert len(drawn) == 5
    assert drawn <= set(taken(asked))
    probabilities = {routes(asked)[text]["inclusion_probability"] for text in taken(asked)}
    assert len(probabilities) == 1


def test_what_people_were_shown_stays_frozen(asked: Bench) -> None:
    asked.config = '[route]\ndefault = "human"\n'
    route(asked.write(), Options())
    before = routes(asked)
    chosen(asked, 3, draw="uniform")
    for text in asked.prompts:
        asked.answer(text, "late")
    route(asked.write(), Options())
    for text, row in routes(asked).items():
        assert row["frozen"]
        assert row["candidate_ids"] == before[text]["candidate_ids"]


def test_without_the_selection_all_are_routed_as_before(asked: Bench) -> None:
    route(asked.write(), Options())
    before = (asked.root / "routes.parquet").read_bytes()
    (asked.root / "routes.parquet").unlink()
    chosen(asked, 3, draw="uniform")
    clear(workspace_of(asked))
    route(workspace_of(asked), Options())
    assert (asked.root / "routes.parquet").read_bytes() == before


def test_routes_of_another_selection_are_not_followed(asked: Bench) -> None:
    workspace = asked.write()
    route(workspace, Options())
    ensure_routes(workspace)
    chosen(asked, 3, draw="uniform")
    with pytest.raises(WorkspaceError, match=r"another selection.*; run: curate route"):
        ensure_routes(workspace)
    route(workspace, Options())
    ensure_routes(workspace)
    clear(workspace)
    with pytest.raises(WorkspaceError, match="another selection"):
        ensure_routes(workspace)


def test_damaged_routes_are_named(asked: Bench) -> None:
    workspace = asked.write()
    workspace.routes.write_bytes(b"no table")
    with pytest.raises(WorkspaceError, match=r"routes.parquet: "):
        ensure_routes(workspace)


def test_routes_that_name_no_rule_are_from_before_any_selection(asked: Bench) -> None:
    workspace = asked.write()
    route(workspace, Options())
    table = pq.read_table(workspace.routes).drop_columns(["rule"])
    pq.write_table(table, workspace.routes)
    ensure_routes(workspace)
    chosen(asked, 3, draw="uniform")
    with pytest.raises(WorkspaceError, match="another selection"):
        ensure_routes(workspace)


def test_prompts_that_came_after_the_selection_wait(asked: Bench) -> None:
    chosen(asked, 40)
    asked.prompt("new", "a", "b")
    route(asked.write(), Options())
    assert targets(asked)["new"] == ("none", "not_selected")


def test_a_damaged_selection_is_named_with_the_fix(asked: Bench) -> None:
    workspace = asked.write()
    workspace.selected.write_bytes(b"no table")
    with pytest.raises(WorkspaceError, match=r"selected.parquet: .*curate select --clear"):
        route(workspace, Options())


def test_route_and_status_say_how_many_are_selected(asked: Bench) -> None:
    chosen(asked, 12, draw="uniform")
    assert (
        "12 of 40 prompts are selected; nobody rates the others."
        in curate("route", "--dry-run", "-C", asked.root).out
    )
    found = curate("status", "-C", asked.root, "--json").json
    assert found["selected"] == 12
    assert "12 of 40 prompts are selected." in curate("status", "-C", asked.root).out


def test_status_says_that_routes_are_older_than_the_selection(asked: Bench) -> None:
    route(asked.write(), Options())
    chosen(asked, 12, draw="uniform")
    found = curate("status", "-C", asked.root, "--json").json
    assert found["next_step"] == "curate route: prompts were selected since the last one"


def test_a_judge_without_routes_plans_the_selected_alone(asked: Bench) -> None:
    asked.config += '[judge]\nmodel = "gemini-3.8-flash"\n'
    chosen(asked, 7, draw="uniform")
    found = curate("judge", "--dry-run", "-C", asked.root, "--json").json
    assert found["planned"] == 7
