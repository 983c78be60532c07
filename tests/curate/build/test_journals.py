"""Journals as a build reads them: the latest live word, whole lines only, sealed or not."""

import json
from datetime import timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest

from annotate import journal
from curate.build import build
from schemas.errors import JournalError
from schemas.event import Event
from tests.support.workspaces import NOW, Bench, five, only, outcome, reasons, rows, seal

TABLES = ("pairs", "ties", "scores", "dropped")


def _scores(a: int, b: int) -> dict[str, dict[str, float]]:
    return {"a": five(a), "b": five(b)}


@pytest.fixture
def voted(bench: Bench) -> Bench:
    bench.prompt("q", "a", "b")
    bench.vote("q", scores=_scores(9, 6))
    return bench


def test_an_edit_supersedes_the_vote_before_it(voted: Bench) -> None:
    first = voted.events[0]
    voted.vote("q", scores=_scores(6, 8), supersedes=first.event_id)
    row = only(voted.build())
    assert (row["chosen"], row["margin_raw"], len(row["provenance"])) == ("b", 2.0, 1)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_a_chain_of_edits_the_last_alone_counts(voted: Bench, order: tuple[int, ...]) -> None:
    """Whatever order the lines came in."""
    for sums in (_scores(6, 8), _scores(12, 0)):
        voted.vote("q", scores=sums, supersedes=voted.events[-1].event_id)
    voted.events = [voted.events[place] for place in order]
    row = only(voted.build())
    assert (row["chosen"], row["margin_raw"], row["n_raters"]) == ("a", 12.0, 1)


def test_a_tombstone_takes_a_vote_back(voted: Bench) -> None:
    voted.vote("q", supersedes=voted.events[0].event_id, deleted=True)
    report = voted.build()
    assert outcome(report) == set()
    assert reasons(report, "prompt") == ["unrated"]


def test_a_deleted_edit_does_not_bring_the_first_vote_back(voted: Bench) -> None:
    voted.vote("q", scores=_scores(6, 8), supersedes=voted.events[0].event_id)
    voted.vote("q", supersedes=voted.events[1].event_id, deleted=True)
    assert outcome(voted.build()) == set()


def test_the_same_event_in_two_journals_is_one(voted: Bench) -> None:
    workspace = voted.write("pairs.min_margin=0")
    first = workspace.annotations / "votes.jsonl"
    (workspace.annotations / "copy.jsonl").write_bytes(first.read_bytes())
    row = only(build(workspace, now=NOW))
    assert (row["n_raters"], row["margin_raw"], len(row["provenance"])) == (1, 3.0, 1)


def test_a_torn_last_line_is_no_event(voted: Bench) -> None:
    """A kill in the middle of a write: what follows the last newline is not read."""
    workspace = voted.write()
    voted.vote("q", scores=_scores(0, 12))
    with (workspace.annotations / "votes.jsonl").open("ab") as file:
        file.write(journal.line_of(voted.events[1])[:-20])
    assert only(build(workspace, now=NOW))["chosen"] == "a"


def test_a_torn_line_does_not_change_the_build_id(voted: Bench) -> None:
    before = voted.build().manifest.build_id
    workspace = voted.write()
    with (workspace.annotations / "votes.jsonl").open("ab") as file:
        file.write(b'{"event_id": "')
    assert build(workspace, now=NOW).manifest.build_id == before


def _line(event: Event, **changes: Any) -> bytes:
    values = json.loads(journal.line_of(event))
    values["event_id"] = "f" * 32
    for name, value in changes.items():
        if value is None:
            values.pop(name)
        else:
            values[name] = value
    return json.dumps(values).encode() + b"\n"


BAD: dict[str, Any] = {
    "no event_id": {"event_id": None},
    "no time": {"at": None},
    "a time in words": {"at": "yesterday"},
    "no prompt": {"prompt_id": None},
    "no rater": {"rater": None},
    "a rater in words": {"rater": "anna"},
    "an unknown kind of rater": {"rater": {"kind": "robot", "id": "x"}},
    "a rater without a name": {"rater": {"kind": "human", "id": ""}},
    "an unknown verdict": {"verdict": "best"},
    "an unknown failure": {"failure": {"reason": "tired"}},
    "scores without rubric_id": {"rubric_id": None},
    "half a scale": {"overall_scale": [1]},
    "answers as an object": {"answers": {}},
    "an answer without an id": {"answers": [{"scores": {"helpfulness": 1}}]},
    "a score in words": {"answers": [{"candidate_id": "a" * 32, "scores": {"x": "good"}}]},
    "an answer twice": {"answers": [{"candidate_id": "a" * 32}, {"candidate_id": "a" * 32}]},
    "an answer in two tiers": {"tiers": [["a" * 32], ["a" * 32]]},
    "tiers without lists": {"tiers": ["a" * 32]},
    "an empty tier": {"tiers": [None]},
    "deleted in words": {"deleted": "perhaps"},
}


@pytest.mark.parametrize("name", BAD)
def test_a_line_that_breaks_a_rule_of_events_stops_with_file_and_line(
    voted: Bench, name: str
) -> None:
    workspace = voted.write()
    path = workspace.annotations / "votes.jsonl"
    good = path.read_bytes()
    path.write_bytes(good + _line(voted.events[0], **BAD[name]) + good)
    with pytest.raises(JournalError, match=r"votes\.jsonl, line 2: no event"):
        build(workspace, now=NOW)


@pytest.mark.parametrize("bad", [b"{", b"null", b"[]", b"{}", b"1", b"\x00", b"\xff\xfe", b"{}x"])
def test_a_line_that_is_no_object_stops_with_file_and_line(voted: Bench, bad: bytes) -> None:
    workspace = voted.write()
    path = workspace.annotations / "votes.jsonl"
    path.write_bytes(path.read_bytes() + bad + b"\n")
    with pytest.raises(JournalError, match=r"votes\.jsonl, line 2: no event"):
        build(workspace, now=NOW)


def test_sealed_journals_give_the_same_rows_as_lines(bench: Bench) -> None:
    """Scores, a ranking with reasons, an edit and a failure, as JSONL and then as Parquet."""
    bench.prompt("q", "a", "b", "c")
    bench.vote("q", scores={**_scores(9, 6), "c": five(0)}, tiers=[["a"], ["b", "c"]])
    bench.vote("q", "human:ben", scores=_scores(3, 9), rationale="b names the colour")
    bench.vote("q", "human:ben", scores=_scores(9, 3), supersedes=bench.events[1].event_id)
    bench.vote("q", "judge:gemini", failure={"reason": "blocked", "detail": "safety"})
    workspace = bench.write("pairs.policy=all-ranked")
    lines = build(workspace, now=NOW)
    seal(workspace.annotations / "votes.jsonl")
    sealed = build(workspace, now=NOW)
    assert lines.manifest.counts["pairs"] == 2
    for table in TABLES:
        assert rows(sealed, table) == rows(lines, table)


def test_lines_and_sealed_journals_are_read_together(voted: Bench) -> None:
    workspace = voted.write()
    seal(workspace.annotations / "votes.jsonl")
    voted.vote("q", "human:ben", scores=_scores(12, 6), at=NOW + timedelta(days=1))
    with (workspace.annotations / "later.jsonl").open("wb") as file:
        journal.write(file, voted.events[1:])
    row = only(build(workspace, now=NOW))
    assert (row["margin_raw"], row["n_raters"]) == (4.5, 2)


@pytest.mark.parametrize("mixed", [False, True])
def test_a_sealed_journal_of_a_version_with_fewer_columns_is_read(
    voted: Bench,
    mixed: bool,  # noqa: FBT001 - given by name
) -> None:
    workspace = voted.write()
    lines = build(workspace, now=NOW)
    sealed = seal(workspace.annotations / "votes.jsonl")
    table = pq.read_table(sealed)
    pq.write_table(table.drop_columns(["reviews", "request_hash", "order_no"]), sealed)
    if mixed:
        pq.write_table(table.slice(0, 0), sealed.with_name("later.parquet"))
    assert rows(build(workspace, now=NOW, force=True), "pairs") == rows(lines, "pairs")
    events = workspace.frame("events")
    assert (len(events), set(events["order_no"])) == (1, {0})
    assert events["reviews"].isna().all()


def test_an_empty_journal_and_none_give_no_pair_and_no_error(bench: Bench) -> None:
    bench.prompt("q", "a", "b")
    workspace = bench.write()
    assert (workspace.annotations / "votes.jsonl").stat().st_size == 0
    assert build(workspace, now=NOW).manifest.counts["pairs"] == 0
    (workspace.annotations / "votes.jsonl").unlink()
    assert build(workspace, now=NOW).manifest.counts["pairs"] == 0


def test_a_build_reads_many_journals_in_the_memory_of_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIRWRIGHT_MEMORY_MB", "256")
    bench.sums("q", {"good": 9, "bad": 3})
    workspace = bench.write()
    lines = (workspace.annotations / "votes.jsonl").read_bytes()
    for number in range(24):
        (workspace.annotations / f"more-{number}.jsonl").write_bytes(lines)
    assert build(workspace, now=NOW).manifest.counts["pairs"] == 1
