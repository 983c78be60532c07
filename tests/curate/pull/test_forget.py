"""A forgotten pull no longer counts, and pulling its source again brings it back."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from annotate import journal
from curate.pull.commit import TOMBSTONE
from curate.pull.forget import agreed, forget
from curate.pull.tombstones import forget_journal, write_whole
from curate.views import open_views
from curate.workspace import Workspace
from schemas.base import content_id
from schemas.errors import WorkspaceError
from schemas.event import Event, Rater
from tests.support.pulling import (
    NOW,
    events_of,
    pulled,
    question,
    rows_of,
    tree,
    workspace_at,
    write_lines,
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_at(tmp_path / "w")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "set.jsonl", [question("Q1", "A", "B"), question("Q2", "A", "B")])


def live(workspace: Workspace) -> list[str]:
    """Ids of the events that count, as the workspace's view has them."""
    with open_views(workspace) as connection:
        rows = connection.execute("select event_id from events order by event_id").fetchall()
    return [str(row[0]) for row in rows]


def vote(workspace: Workspace, prompt_id: str, name: str = "label-1", kind: str = "human") -> None:
    """A vote in a journal of its own."""
    event = Event(
        event_id=content_id([prompt_id, name]),
        at=NOW,
        prompt_id=prompt_id,
        rater=Rater(kind=kind, id="ben"),
        tiers=(("a" * 32,), ("b" * 32,)),
    )
    write_whole(workspace.annotations / f"{name}.jsonl", [event])


def test_forgotten_pull_has_no_rows_and_no_votes(workspace: Workspace, source: Path) -> None:
    pull_id = str(pulled(workspace, source).pull_id)
    report = forget(workspace, pull_id, now=NOW)
    assert (report.pull_id, report.events) == (pull_id, 2)
    assert rows_of(workspace, "prompts") == []
    assert live(workspace) == []


def test_nothing_is_erased(workspace: Workspace, source: Path) -> None:
    pull_id = str(pulled(workspace, source).pull_id)
    before = tree(workspace.root)
    forget(workspace, pull_id, now=NOW)
    after = tree(workspace.root)
    assert {name: after[name] for name in before} == before
    mark = json.loads(after[f"pulls/{pull_id}/{TOMBSTONE}"])
    assert mark == {"at": NOW.isoformat()}


def test_tombstones_name_the_events_they_delete(workspace: Workspace, source: Path) -> None:
    pull_id = str(pulled(workspace, source).pull_id)
    events = events_of(workspace)
    forget(workspace, pull_id, now=NOW)
    tombstones = list(journal.read(forget_journal(workspace, pull_id)))
    assert [one.supersedes for one in tombstones] == [event.event_id for event in events]
    assert all(one.deleted for one in tombstones)
    assert {event.rater.id for event in events} == {"anna"}
    assert {one.rater.id for one in tombstones} == {"h-000000000000"}


def test_pulling_again_brings_it_back(workspace: Workspace, source: Path) -> None:
    first = pulled(workspace, source)
    before = (tree(workspace.root), live(workspace))
    forget(workspace, str(first.pull_id), now=NOW)
    again = pulled(workspace, source)
    assert (again.pull_id, again.existed, again.new["events"]) == (first.pull_id, False, 2)
    assert (tree(workspace.root), live(workspace)) == before


def test_pull_that_is_brought_back_may_have_another_licence(
    workspace: Workspace, source: Path
) -> None:
    pull_id = str(pulled(workspace, source, licence="MIT").pull_id)
    forget(workspace, pull_id, now=NOW)
    pulled(workspace, source, licence="CC0-1.0", now=NOW + timedelta(days=1))
    manifest = json.loads((workspace.pulls / pull_id / "pull.json").read_text())
    assert manifest["licence"] == "CC0-1.0"


def test_events_that_another_pull_holds_too_stay_alive(workspace: Workspace, source: Path) -> None:
    first = str(pulled(workspace, source).pull_id)
    write_lines(source, [question("Q1", "A", "B"), question("Q3", "A", "B")])
    pulled(workspace, source)
    forget(workspace, first, now=NOW)
    assert len(live(workspace)) == 2
    assert len(rows_of(workspace, "prompts")) == 2


def test_events_that_come_again_with_a_later_pull_are_alive(
    workspace: Workspace, source: Path
) -> None:
    forget(workspace, str(pulled(workspace, source).pull_id), now=NOW)
    write_lines(source, [question("Q1", "A", "B"), question("Q3", "A", "B")])
    pulled(workspace, source)
    assert len(live(workspace)) == 2


def test_pull_is_named_by_the_start_of_its_id(workspace: Workspace, source: Path) -> None:
    pull_id = str(pulled(workspace, source).pull_id)
    assert forget(workspace, pull_id[:6], now=NOW).pull_id == pull_id


def test_start_that_fits_two_pulls_is_refused(
    workspace: Workspace, source: Path, tmp_path: Path
) -> None:
    pulled(workspace, source)
    pulled(workspace, write_lines(tmp_path / "in" / "set.jsonl", [question("Q9", "A", "B")]))
    with pytest.raises(WorkspaceError, match="start of 2 pulls"):
        forget(workspace, "set", now=NOW)


def test_unknown_and_forgotten_pulls_are_named(workspace: Workspace, source: Path) -> None:
    pull_id = str(pulled(workspace, source).pull_id)
    with pytest.raises(WorkspaceError, match=f"did you mean '{pull_id}'"):
        forget(workspace, f"{pull_id[:-1]}x", now=NOW)
    forget(workspace, pull_id, now=NOW)
    with pytest.raises(WorkspaceError, match="forgotten already"):
        forget(workspace, pull_id, now=NOW)


def test_votes_of_people_on_its_prompts_ask_first(workspace: Workspace, source: Path) -> None:
    pull_id = str(pulled(workspace, source).pull_id)
    vote(workspace, rows_of(workspace, "prompts")[0]["prompt_id"])
    before = tree(workspace.root)
    with pytest.raises(WorkspaceError, match=r"1 vote on 1 prompt.*--yes"):
        forget(workspace, pull_id, now=NOW)
    assert tree(workspace.root) == before
    report = forget(workspace, pull_id, now=NOW, yes=True)
    assert (report.human.votes, report.human.prompts) == (1, 1)


def test_votes_of_judges_and_votes_on_shared_prompts_do_not_ask(
    workspace: Workspace, source: Path, tmp_path: Path
) -> None:
    pull_id = str(pulled(workspace, source).pull_id)
    ids = {row["messages"][0]["parts"][0]["text"]: row for row in rows_of(workspace, "prompts")}
    vote(workspace, ids["Q1"]["prompt_id"], "judge-1", "judge")
    vote(workspace, ids["Q2"]["prompt_id"])
    pulled(workspace, write_lines(tmp_path / "other.jsonl", [question("Q2", "C", "D")]))
    assert forget(workspace, pull_id, now=NOW).human.votes == 0


def test_nobody_is_asked_where_no_terminal_is(workspace: Workspace, source: Path) -> None:
    pull_id = str(pulled(workspace, source).pull_id)
    vote(workspace, rows_of(workspace, "prompts")[0]["prompt_id"])
    assert not agreed(workspace, pull_id, ask=lambda _text: True)


def test_person_at_the_terminal_decides(
    workspace: Workspace, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull_id = str(pulled(workspace, source).pull_id)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    asked: list[str] = []

    def ask(text: str) -> bool:
        asked.append(text)
        return True

    assert not agreed(workspace, pull_id, ask)
    vote(workspace, rows_of(workspace, "prompts")[0]["prompt_id"])
    assert agreed(workspace, pull_id, ask)
    assert len(asked) == 1
    assert "1 vote on 1 prompt" in asked[0]
