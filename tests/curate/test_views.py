"""The views agree with what a build reads: the latest live vote, each prompt and answer once."""

from pathlib import Path

import pytest

from curate.views import open_views
from curate.workspace import Workspace
from schemas.candidate import Generation
from schemas.errors import WorkspaceError
from tests.support.workspaces import Bench, five, seal, write_pull


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """One prompt with two answers, scored by one person."""
    bench = Bench(tmp_path)
    bench.prompt("q", "a", "b")
    bench.vote("q", scores={"a": five(9), "b": five(6)}, tiers=[["a"], ["b"]])
    return bench


def ask(workspace: Workspace, query: str) -> list[tuple[object, ...]]:
    with open_views(workspace) as connection:
        return connection.execute(query).fetchall()


def test_every_table_is_there_before_anything_was_pulled(tmp_path: Path) -> None:
    workspace = Bench(tmp_path).write()
    for name in ("prompts", "events", "ratings", "rankings", "failures", "pairs", "dropped"):
        assert ask(workspace, f"select count(*) from {name}") == [(0,)]


def test_superseded_and_deleted_events_are_in_no_view(bench: Bench) -> None:
    first = bench.events[0]
    edit = bench.vote("q", scores={"a": five(3), "b": five(6)}, supersedes=first.event_id)
    workspace = bench.write()
    assert ask(workspace, "select event_id from events") == [(edit.event_id,)]
    assert ask(workspace, "select count(*) from ratings") == [(10,)]
    assert ask(workspace, "select count(*) from rankings") == [(0,)]
    bench.vote("q", supersedes=edit.event_id, deleted=True)
    assert ask(bench.write(), "select count(*) from events") == [(0,)]


def test_the_same_event_in_a_sealed_and_an_open_journal_is_one(bench: Bench) -> None:
    workspace = bench.write()
    seal(workspace.annotations / "votes.jsonl").rename(workspace.annotations / "old.parquet")
    assert ask(bench.write(), "select count(*) from events") == [(1,)]


def test_ratings_carry_their_scale_and_reason(bench: Bench) -> None:
    rows = ask(
        bench.write(),
        "select rater_kind, rater, metric, value::double, scale_min::double, scale_max::double"
        " from ratings where metric = 'helpfulness' order by value desc",
    )
    assert rows == [
        ("human", "anna", "helpfulness", 3.0, 0.0, 4.0),
        ("human", "anna", "helpfulness", 2.0, 0.0, 4.0),
    ]


def test_an_overall_has_the_scale_of_its_source_and_an_unknown_metric_none(bench: Bench) -> None:
    scores = {"a": {"overall": 7.0, "unheard_of": 1.0}}
    bench.vote("q", "source:set", scores, rubric_id="style:0:9", overall_scale=(1, 10))
    rows = ask(
        bench.write(),
        "select metric, scale_min::double, scale_max::double from ratings"
        " where rater = 'set' order by metric",
    )
    assert rows == [("overall", 1.0, 10.0), ("unheard_of", None, None)]


def test_failures_are_a_view_of_their_own(bench: Bench) -> None:
    bench.vote("q", "judge:gemini", failure={"reason": "blocked", "detail": "safety"})
    rows = ask(bench.write(), "select rater, reason, detail from failures")
    assert rows == [("gemini", "blocked", "safety")]


def test_an_answer_of_two_pulls_is_one_with_both_generations(bench: Bench) -> None:
    workspace = bench.write()
    again = [
        found.model_copy(update={"generations": (Generation(model="other"),)})
        for found in bench.candidates.values()
    ]
    write_pull(workspace, "test-2", bench.prompts.values(), again)
    rows = ask(workspace, "select count(*), count(distinct prompt_id) from candidates")
    assert rows == [(2, 1)]
    models = ask(
        workspace, "select list_transform(generations, lambda made: made.model) from candidates"
    )
    assert models == [(["m", "other"],)] * 2
    assert ask(workspace, "select count(*) from prompts") == [(1,)]


def test_a_pull_that_was_taken_back_is_in_no_view(bench: Bench) -> None:
    workspace = bench.write()
    (workspace.pulls / "test-1" / "tombstone.json").write_text("{}")
    assert ask(workspace, "select count(*) from prompts") == [(0,)]


def test_a_builds_tables_are_those_of_the_latest_build(bench: Bench) -> None:
    bench.build()
    bench.build("pairs.min_margin=12")
    workspace = Workspace.open(bench.root)
    assert ask(workspace, "select count(*) from pairs") == [(0,)]
    assert ask(workspace, "select reason from dropped where level = 'pair'") == [("below_margin",)]


def test_a_torn_table_is_named(bench: Bench) -> None:
    report = bench.build()
    (report.folder / "pairs.parquet").write_bytes(b"torn")
    with pytest.raises(WorkspaceError, match=r"pairs.*pairs\.parquet"):
        ask(Workspace.open(bench.root), "select 1")
