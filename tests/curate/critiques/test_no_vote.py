"""An expansion is no vote: nothing counts it, and only the reasons of a build change."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from annotate import journal
from curate.build import build
from curate.export_tables import write_tables
from curate.exporting import export
from curate.pushing.refusals import refuse_unfit
from curate.quality.measure import measure
from curate.routing.routes import Options, route
from curate.status import look
from curate.workspace import Workspace
from schemas.errors import BuildError
from tests.support.cli import curate
from tests.support.critiquing import Editor, checked, comment, critiquing
from tests.support.judge_runs import events_of
from tests.support.routing import routes
from tests.support.workspaces import NOW, Bench, rows, seal

PERSON = "h-0123456789ab"
ONE = "misses point 1"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Three prompts that a person and a judge scored, with comments of both."""
    bench = Bench(tmp_path / "w")
    for number in range(3):
        asked, good, bad = f"q{number}", f"good {number}", f"bad {number}"
        bench.prompt(asked, good, bad)
        comment(bench, asked, {bad: f"misses point {number}", good: "fine"}, f"human:{PERSON}")
        comment(bench, asked, {bad: "weak", good: "strong"}, "judge:gemini/gemini-test-flash")
    return bench


@pytest.fixture
def expanded(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The same with five comments expanded and one refused."""
    bench.write()
    _expand(bench, monkeypatch)
    return bench


def _expand(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Editor(check={ONE: checked("negative", "mixed")})
    with critiquing(bench.root, monkeypatch, answer=model) as run:
        assert run.json()["expanded"] == 5


def told(bench: Bench) -> dict[str, Any]:
    """Tables of a build without reasons, its warnings, votes by rater, quality and means."""
    report = bench.build()
    workspace = Workspace.open(bench.root)
    pairs = [
        {key: value for key, value in row.items() if key != "rationales"}
        for row in rows(report, "pairs")
    ]
    folder = bench.root / "tables"
    folder.mkdir(exist_ok=True)
    votes = pq.read_table(
        write_tables(workspace, ("votes",), folder, judged=True).files["votes"]
    ).to_pylist()
    tables = {name: rows(report, name) for name in ("ties", "scores", "dropped", "splits")}
    return {
        "pairs": pairs,
        **tables,
        "warnings": report.manifest.warnings,
        "votes": sorted(map(str, votes)),
        "by_rater": look(workspace).votes,
        "quality": measure(workspace),
    }


def test_everything_but_the_reasons_stays_as_it_was(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(bench)
    _expand(bench, monkeypatch)
    report = build(Workspace.open(bench.root), now=NOW)
    kinds = {one["kind"] for row in rows(report, "pairs") for one in row["rationales"]}
    assert kinds == {"human", "expanded"}
    assert told(bench) == before


def test_an_expansion_is_no_judgement_to_the_judge(
    expanded: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with critiquing(expanded.root, monkeypatch) as run:
        run.command = "judge"
        shown = run.json("--dry-run")
        assert (shown["planned"], shown["left"], shown["failed"]) == (3, 3, {})
        status = run.json("--status")
    assert status["failed"] == {}, "a refused expansion is no failed judgement"
    assert status["model_versions"] == {}


def test_an_expansion_is_nobodys_vote_to_a_route(expanded: Bench) -> None:
    expanded.config = "[[route.rule]]\nwhen = 'len(failures) > 0 or n_readings > 1'\nto = 'human'\n"
    workspace = expanded.write()
    route(workspace, Options())
    assert {row["rule"] for row in routes(expanded).values()} <= {"default", "overlap"}


def test_the_events_show_an_expansion_and_what_it_expands(expanded: Bench) -> None:
    frame = Workspace.open(expanded.root).frame("events")
    found = frame[frame["expands"].notna() & frame["failure"].isna()]
    assert set(found["expands"]) <= {event.event_id for event in expanded.events}
    assert len(found) == 5
    (pair, *_) = rows(build(Workspace.open(expanded.root), now=NOW), "pairs")
    shown = curate("show", pair["pair_id"], "-C", expanded.root).out
    assert "overall, expanded" in shown


def test_a_native_export_says_that_expansions_are_left_out(expanded: Bench) -> None:
    result = export(Workspace.open(expanded.root), ["native"], expanded.root / "out")["native"]
    assert result.warnings == (
        "native: 6 reasons in a judge's words are left out, and people's own stay",
    )
    assert "holds and is all there is" not in (result.path / "data.jsonl").read_text()


def test_the_rater_of_an_expanded_reason_is_the_person_and_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path / "named")
    bench.prompt("q", "a", "b")
    comment(bench, "q", {"b": "weak", "a": "strong"}, "human:anna")
    bench.write()
    with critiquing(bench.root, monkeypatch) as run:
        run.json()
    report = bench.build()
    kinds = {(one["kind"], one["rater"]) for one in rows(report, "pairs")[0]["rationales"]}
    assert kinds == {("human", "anna"), ("expanded", "anna")}
    with pytest.raises(BuildError, match="'anna'"):
        refuse_unfit(Workspace.open(bench.root), report.folder)
    named = Workspace.open(bench.root, ['export.pseudonyms=["anna"]'])
    refuse_unfit(named, report.folder)
    assert "anna" not in "".join(
        event.model_dump_json() for event in events_of(bench.root, "critiques")
    )


def test_a_person_without_a_vote_left_in_the_journals_is_still_refused(expanded: Bench) -> None:
    """A build's expanded reasons name a person as their own reasons do."""
    report = build(Workspace.open(expanded.root), now=NOW)
    path = report.folder / "pairs.parquet"
    table = pq.read_table(path)
    pairs = table.to_pylist()
    for row in pairs:
        row["rationales"] = [
            {**one, "rater": "bea"} for one in row["rationales"] if one["kind"] == "expanded"
        ]
    pq.write_table(type(table).from_pylist(pairs, schema=table.schema), path)
    with pytest.raises(BuildError, match="'bea'"):
        refuse_unfit(Workspace.open(expanded.root), report.folder)


def test_sealed_journals_hold_the_same_expansions(expanded: Bench) -> None:
    first = rows(build(Workspace.open(expanded.root), now=NOW), "pairs")
    for path in (expanded.root / "annotations").glob("critiques-*.jsonl"):
        lines = list(journal.read(path))
        seal(path)
        assert lines
    again = rows(build(Workspace.open(expanded.root), now=NOW), "pairs")
    assert [row["rationales"] for row in again] == [row["rationales"] for row in first]
