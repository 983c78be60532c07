"""routes.parquet: one row a prompt, the same each time, and true to what people were shown."""

import os
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from annotate.overlap import WHOLE, draw_of
from curate.locks import held
from curate.query import run
from curate.routing.routes import LOCK, Options, ensure_routes, route
from curate.workspace import Workspace
from schemas.arrow import from_batches, table_schema
from schemas.errors import ConfigError, JournalError, WorkspaceError
from schemas.event import Failure
from schemas.route import Route
from tests.support.routing import NO_OVERLAP, judged, routed, routes, rule, shown, targets
from tests.support.workspaces import Bench, five, seal

PEOPLE = '[route]\ndefault = "human"\n'


def many(bench: Bench, count: int, start: int = 0) -> None:
    """Prompts with two answers each."""
    for number in range(start, start + count):
        bench.prompt(f"q{number}", "a", "b")


def overlap(bench: Bench) -> dict[str, float]:
    """The probability of every prompt of the overlap, by its text."""
    found = routes(bench).items()
    return {text: float(row["inclusion_probability"]) for text, row in found if row["overlap"]}


def test_a_row_is_a_route_and_rows_go_by_id(bench: Bench) -> None:
    many(bench, 20)
    bench.prompt("unanswered")
    routed(bench)
    file = pq.ParquetFile(bench.root / "routes.parquet")
    assert file.schema_arrow == table_schema("routes")
    rows = list(from_batches(file.iter_batches(), Route))
    assert [row.prompt_id for row in rows] == sorted(p.prompt_id for p in bench.prompts.values())
    for row in rows:
        assert row.n_answers == len(row.candidate_ids)
        assert list(row.candidate_ids) == sorted(row.candidate_ids)
        assert row.frozen == (row.to in ("human", "both"))


def test_routing_again_gives_the_same_bytes(bench: Bench) -> None:
    bench.config = rule("margin < 3", "human", raters=2)
    many(bench, 40)
    judged(bench, "judged", {"c": 4, "d": 3})
    settings = ("route.overlap_min=7",)
    routed(bench, *settings)
    path = bench.root / "routes.parquet"
    first = path.read_bytes()
    routed(bench, *settings)
    assert path.read_bytes() == first
    path.unlink()
    routed(bench, *settings)
    assert path.read_bytes() == first


def test_an_empty_workspace_has_no_routes(bench: Bench) -> None:
    report = routed(bench)
    assert (report.prompts, report.votes, list(report.warnings())) == (0, 0, [])
    assert routes(bench) == {}


def test_a_dry_run_writes_nothing(bench: Bench) -> None:
    many(bench, 3)
    workspace = bench.write()
    before = sorted(bench.root.rglob("*"))
    report = route(workspace, Options(dry_run=True))
    assert (report.path, report.prompts) == (None, 3)
    assert sorted(bench.root.rglob("*")) == before


def test_a_prompt_in_two_pulls_has_one_route(bench: Bench) -> None:
    many(bench, 3)
    workspace = bench.write()
    folder = workspace.pulls / "test-1"
    again = workspace.pulls / "test-2"
    again.mkdir()
    for path in folder.iterdir():
        (again / path.name).write_bytes(path.read_bytes())
    assert route(workspace, Options()).prompts == 3
    assert all(len(row["candidate_ids"]) == 2 for row in routes(bench).values())


# The overlap


def test_fewer_prompts_than_the_minimum_are_all_drawn(bench: Bench) -> None:
    many(bench, 5)
    bench.prompt("one answer", "a")
    report = routed(bench)
    assert (report.totals.overlap, report.totals.comparable) == (5, 5)
    assert overlap(bench) == {f"q{number}": 1.0 for number in range(5)}
    assert targets(bench)["one answer"] == ("judge", "default")
    assert routes(bench)["one answer"]["inclusion_probability"] == 0


def test_the_minimum_goes_before_a_small_share(bench: Bench) -> None:
    many(bench, 60)
    routed(bench, "route.overlap_min=12")
    assert len(overlap(bench)) == 12
    assert len(set(overlap(bench).values())) == 1


def test_a_large_share_goes_before_the_minimum(bench: Bench) -> None:
    many(bench, 60)
    routed(bench, "route.overlap_min=2", "route.overlap_share=0.5")
    assert set(overlap(bench).values()) == {0.5}
    assert 15 < len(overlap(bench)) < 45


def test_the_row_says_how_to_check_the_draw(bench: Bench) -> None:
    """As docs/routing.md writes it in SQL, and as the code draws."""
    many(bench, 60)
    routed(bench, "route.overlap_min=12", "route.seed=3")
    number = "('0x' || left(sha256('3:' || prompt_id), 15))::bigint / 16.0 ** 15"
    query = f"select count(*) from routes where overlap != ({number} < inclusion_probability)"
    assert run(Workspace.open(bench.root), query, 1).rows == [[0]]
    for row in routes(bench).values():
        reach = int(row["inclusion_probability"] * WHOLE)
        assert row["overlap"] == (draw_of(row["prompt_id"], 3) < reach)


def test_more_prompts_never_undraw_one(bench: Bench) -> None:
    many(bench, 30)
    routed(bench, "route.overlap_min=10")
    first = overlap(bench)
    many(bench, 200, start=30)
    routed(bench, "route.overlap_min=10")
    assert first.items() <= overlap(bench).items()
    assert {overlap(bench)[text] for text in overlap(bench).keys() - first} == {0.05}


def test_a_raised_minimum_draws_more_and_says_so_in_the_probability(bench: Bench) -> None:
    many(bench, 60)
    routed(bench, "route.overlap_min=10")
    first = overlap(bench)
    routed(bench, "route.overlap_min=20")
    second = overlap(bench)
    assert (len(first), len(second)) == (10, 20)
    assert first.keys() < second.keys()
    assert min(second.values()) > max(first.values())


def test_a_lowered_minimum_takes_nothing_back(bench: Bench) -> None:
    many(bench, 60)
    routed(bench, "route.overlap_min=20")
    first = overlap(bench)
    routed(bench, "route.overlap_min=0", "route.overlap_share=0")
    assert overlap(bench) == first


def test_another_seed_draws_others(bench: Bench) -> None:
    many(bench, 60)
    routed(bench, "route.overlap_min=10")
    first = overlap(bench)
    (bench.root / "routes.parquet").unlink()
    routed(bench, "route.overlap_min=10", "route.seed=1")
    assert overlap(bench).keys() != first.keys()


def test_another_seed_over_an_overlap_that_was_drawn_is_refused(bench: Bench) -> None:
    many(bench, 60)
    routed(bench, "route.overlap_min=10")
    with pytest.raises(ConfigError, match=r"\[route\] seed = 1"):
        routed(bench, "route.overlap_min=10", "route.seed=1")


def test_the_overlap_is_drawn_before_the_rules(bench: Bench) -> None:
    """Rules that send everything to people, or to judges, draw the same prompts."""
    many(bench, 40)
    drawn = []
    for to in ("human", "judge", "both"):
        bench.config = rule("true", to)
        routed(bench, "route.overlap_min=10")
        drawn.append(overlap(bench))
        (bench.root / "routes.parquet").unlink()
    assert drawn[0] == drawn[1] == drawn[2]
    assert len(drawn[0]) == 10


def test_what_a_rule_keeps_from_all_is_not_drawn(bench: Bench) -> None:
    bench.config = rule("question = 'q1'", "none")
    many(bench, 5)
    routed(bench)
    assert targets(bench)["q1"] == ("none", "1")
    assert len(overlap(bench)) == 4


def test_people_alone_have_no_overlap(bench: Bench) -> None:
    bench.config = PEOPLE
    many(bench, 5)
    assert routed(bench).totals.overlap == 0
    assert set(targets(bench).values()) == {("human", "default")}


def test_votes_asked_for_by_difficulty_are_no_overlap(bench: Bench) -> None:
    bench.config = NO_OVERLAP + rule("margin < 3", "both")
    judged(bench, "hard", {"a": 6, "b": 5})
    routed(bench)
    row = routes(bench)["hard"]
    assert (row["to"], row["overlap"], row["inclusion_probability"]) == ("both", False, 0)


def test_raters_come_from_the_rule_or_the_page(bench: Bench) -> None:
    bench.config = NO_OVERLAP + rule("question = 'q0'", "human", raters=3)
    many(bench, 2)
    bench.config += '[label_studio]\nraters = 2\n[pairs]\npolicy = "all-ranked"\n'
    report = routed(bench, "route.default=both")
    assert {text: row["raters"] for text, row in routes(bench).items()} == {"q0": 3, "q1": 2}
    assert report.votes == 5


# Blocked prompts


def test_what_a_judge_was_refused_goes_to_people(bench: Bench) -> None:
    bench.config = NO_OVERLAP
    many(bench, 3)
    bench.vote("q0", "judge:j", failure=Failure(reason="blocked"))
    bench.vote("q1", "judge:j", failure=Failure(reason="timeout"))
    bench.vote("q2", "source:s", failure=Failure(reason="blocked"))
    routed(bench)
    assert targets(bench) == {
        "q0": ("human", "blocked"),
        "q1": ("judge", "default"),
        "q2": ("judge", "default"),
    }


def test_a_rule_may_keep_a_blocked_prompt_from_all(bench: Bench) -> None:
    bench.config = NO_OVERLAP + rule("list_contains(failures, 'blocked')", "none")
    many(bench, 1)
    bench.vote("q0", "judge:j", failure=Failure(reason="blocked"))
    routed(bench)
    assert targets(bench) == {"q0": ("none", "1")}


def test_a_superseded_refusal_no_longer_stands(bench: Bench) -> None:
    bench.config = NO_OVERLAP
    many(bench, 1)
    refused = bench.vote("q0", "judge:j", failure=Failure(reason="blocked"))
    bench.vote("q0", "judge:j", {"a": five(3), "b": five(6)}, supersedes=refused.event_id)
    routed(bench)
    assert targets(bench) == {"q0": ("judge", "default")}


# What people are shown


@pytest.fixture
def frozen(bench: Bench) -> Bench:
    """`q0` was routed to people and `q1` to the judge; then both got one more answer."""
    bench.config = NO_OVERLAP + rule("question = 'q0'", "human")
    many(bench, 2)
    routed(bench)
    for text in ("q0", "q1"):
        bench.answer(text, "late")
    return bench


def test_what_people_were_shown_stays_as_it_was(frozen: Bench) -> None:
    report = routed(frozen)
    assert shown(frozen, "q0") == {"a", "b"}
    assert shown(frozen, "q1") == {"a", "b", "late"}
    (warning,) = report.warnings()
    assert "1 prompt has answers that came after people were asked" in warning


def test_refresh_takes_late_answers_in(frozen: Bench) -> None:
    frozen.vote("q0", "human:anna", {"a": five(3), "b": five(6)})
    report = routed(frozen, refresh=True)
    assert shown(frozen, "q0") == {"a", "b", "late"}
    (warning,) = report.warnings()
    assert "people voted on 1 prompt whose answers are others now" in warning
    assert list(routed(frozen).warnings()) == []


def test_new_prompts_are_added(frozen: Bench) -> None:
    frozen.prompt("q2", "a", "b")
    routed(frozen)
    assert targets(frozen).keys() == {"q0", "q1", "q2"}


def test_it_stays_frozen_when_people_are_no_longer_asked(frozen: Bench) -> None:
    frozen.config = NO_OVERLAP
    assert list(routed(frozen).warnings()) != []
    row = routes(frozen)["q0"]
    assert (row["to"], row["frozen"], row["n_answers"]) == ("judge", True, 2)


def test_taking_a_prompt_back_that_people_voted_on_warns(frozen: Bench) -> None:
    frozen.vote("q0", "human:anna", {"a": five(3), "b": five(6)})
    frozen.config = NO_OVERLAP
    taken_back, _late = routed(frozen).warnings()
    assert taken_back.startswith("1 prompt that people voted on is no longer sent to people")


def test_an_answer_that_is_gone_is_shown_no_longer(frozen: Bench) -> None:
    del frozen.candidates["q0", "a"]
    routed(frozen)
    assert shown(frozen, "q0") == {"b"}


def test_a_prompt_whose_answers_are_all_gone_goes_to_nobody(frozen: Bench) -> None:
    for text in ("a", "b", "late"):
        del frozen.candidates["q0", text]
    routed(frozen)
    assert targets(frozen)["q0"] == ("none", "unanswered")


def test_written_answers_are_routed_only_when_asked_for(bench: Bench) -> None:
    bench.config = NO_OVERLAP
    many(bench, 1)
    bench.answer("q0", "mine", written=True)
    bench.prompt("q1")
    bench.answer("q1", "mine", written=True)
    routed(bench)
    assert shown(bench, "q0") == {"a", "b"}
    assert targets(bench)["q1"] == ("none", "unanswered")
    routed(bench, "route.written=true")
    assert shown(bench, "q0") == {"a", "b", "mine"}
    assert targets(bench)["q1"] == ("judge", "default")


# The file


def test_routes_are_made_only_where_there_are_none(bench: Bench) -> None:
    many(bench, 2)
    workspace = bench.write()
    path = ensure_routes(workspace)
    assert path == bench.root / "routes.parquet"
    before = path.stat().st_mtime_ns
    many(bench, 1, start=2)
    assert ensure_routes(bench.write()) == path
    assert path.stat().st_mtime_ns == before


def test_routes_are_a_table_like_any_other(bench: Bench) -> None:
    many(bench, 2)
    workspace = bench.write()
    assert len(workspace.frame("routes")) == 0
    ensure_routes(workspace)
    frame = workspace.frame("routes")
    assert list(frame.columns) == list(Route.model_fields)
    assert set(frame["inclusion_probability"]) == {Decimal(1)}


def test_of_routes_only_the_overlap_is_an_input_of_a_build(bench: Bench) -> None:
    bench.sums("q", {"a": 9, "b": 3})
    first = bench.build()
    ensure_routes(Workspace.open(bench.root))
    drawn = bench.build()
    new = {file.path for file in drawn.manifest.inputs} - {
        file.path for file in first.manifest.inputs
    }
    assert new == {"routes.parquet"}
    assert (drawn.folder / "pairs.parquet").read_bytes() == (
        first.folder / "pairs.parquet"
    ).read_bytes()
    workspace = Workspace.open(bench.root, ["route.overlap_share=0", "route.overlap_min=0"])
    workspace.routes.unlink()
    ensure_routes(workspace)
    assert bench.build().unchanged


def test_two_routings_at_once_are_refused(bench: Bench) -> None:
    many(bench, 2)
    workspace = bench.write()
    with (
        held(bench.root / LOCK, "a routing"),
        pytest.raises(WorkspaceError, match=f"a routing is already running.*{os.getpid()}"),
    ):
        route(workspace, Options())


@pytest.mark.parametrize("content", [b"", b"no parquet", b"PAR1 and no more"])
def test_a_damaged_file_is_named(bench: Bench, content: bytes) -> None:
    many(bench, 2)
    (bench.write().root / "routes.parquet").write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"routes\.parquet"):
        routed(bench)


def test_a_file_of_other_columns_is_named(bench: Bench) -> None:
    many(bench, 2)
    workspace = bench.write()
    prompts = workspace.pulls / "test-1" / "prompts.parquet"
    workspace.routes.write_bytes(prompts.read_bytes())
    with pytest.raises(WorkspaceError, match=r"routes\.parquet: Referenced column"):
        routed(bench)


@pytest.mark.parametrize("line", ["no json", "{}", '{"event_id": "0", "prompt_id": "1"}'])
def test_a_bad_line_of_a_journal_is_named(bench: Bench, line: str) -> None:
    many(bench, 2)
    workspace = bench.write()
    (workspace.annotations / "more.jsonl").write_text(line + "\n", "utf-8")
    with pytest.raises(JournalError, match=r"more\.jsonl, line 1: no event"):
        route(workspace, Options())


def test_sealed_journals_say_the_same_as_lines(bench: Bench) -> None:
    bench.config = NO_OVERLAP + rule("margin < 3 and n_human_votes = 1", "human")
    judged(bench, "hard", {"a": 6, "b": 5}, {"a": 6, "b": 5})
    bench.vote("hard", "human:anna", tiers=[["a"], ["b"]])
    workspace = bench.write()
    route(workspace, Options())
    first = workspace.routes.read_bytes()
    seal(workspace.annotations / "votes.jsonl")
    route(workspace, Options())
    assert targets(bench)["hard"] == ("human", "1")
    assert workspace.routes.read_bytes() == first


def test_an_order_that_nobody_touched_is_no_vote(bench: Bench) -> None:
    bench.config = NO_OVERLAP + rule("n_human_votes = 2", "human")
    many(bench, 1)
    bench.vote("q0", "human:anna", tiers=[["a"], ["b"]], confirmed=False)
    bench.vote("q0", "human:ben", tiers=[["a"], ["b"]])
    bench.vote("q0", "human:ben", {"a": five(3)})
    bench.vote("q0", "human:cleo", {"a": five(3)})
    routed(bench)
    assert targets(bench)["q0"] == ("human", "1")


def test_a_killed_write_leaves_the_last_routes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(bench, 2)
    workspace = bench.write()
    first = ensure_routes(workspace).read_bytes()

    def killed(path: Path) -> None:
        raise KeyboardInterrupt(path)

    monkeypatch.setattr("curate.routing.routes.sync_file", killed)
    many(bench, 1, start=2)
    with pytest.raises(KeyboardInterrupt):
        routed(bench)
    assert workspace.routes.read_bytes() == first
