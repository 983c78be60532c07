"""Votes come in once each: edits supersede, deletions are tombstones, kills lose nothing."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from annotate import journal
from annotate.label_studio import names
from curate.labelling.pull_ledger import Ledger
from curate.labelling.pull_report import PullReport
from curate.labelling.pull_state import FOLDER, pull_lock
from curate.labelling.pulling import pull, watch
from schemas.errors import LabelStudioError, PairwrightError, WorkspaceError
from tests.support.annotations import annotation, choices, places, text
from tests.support.cli import curate
from tests.support.label_server import label_server
from tests.support.vote_place import RUBRIC, Place

LATER = "2026-03-06T00:00:00.000000Z"
LATEST = "2026-03-08T00:00:00.000000Z"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr("annotate.label_studio.pull_http.time.sleep", lambda _seconds: None)
    with label_server() as server:
        yield Place(tmp_path / "workspace", server)


def test_a_vote_comes_in_once(place: Place) -> None:
    place.votes(annotation(*places("21"), choices("score_a_helpfulness", "3")))
    report = place.pull()
    assert (report.events_new, report.ratings, report.rankings) == (1, 1, 1)
    assert dict(report.faults) == {"score_missing": 1}
    assert report.first == {"score_missing": 1}
    again = place.pull()
    assert (again.events_new, again.ratings, dict(again.faults)) == (0, 0, {})
    (event,) = place.events()
    assert event.prompt_id == place.prompt_id
    assert len(list(place.workspace.annotations.glob("label-*"))) == 1


def test_raters_are_pseudonyms_that_only_the_owner_can_resolve(place: Place) -> None:
    place.votes(annotation(*places("21")), annotation(*places("12"), id=2, completed_by={"id": 9}))
    place.pull()
    first, second = (event.rater.id for event in place.events())
    assert first != second
    assert all(len(it) == 14 and it.startswith("h-") for it in (first, second))
    path = place.workspace.root / FOLDER / "raters.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert f'"{first}": "ann@example.org"' in path.read_text()
    assert not any("ann@" in it.read_text() for it in place.workspace.annotations.glob("*.jsonl"))


def test_an_edit_supersedes(place: Place) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    place.votes(annotation(*places("12"), updated_at=LATER), at=LATER)
    report = place.pull()
    assert (report.events_new, report.edited) == (1, 1)
    first, second = place.events()
    assert second.supersedes == first.event_id
    assert first.tiers == tuple(reversed(second.tiers or ()))


@pytest.mark.parametrize("at", ["", LATER], ids=["task deleted", "annotation deleted"])
def test_what_is_gone_gets_a_tombstone_and_may_come_back(place: Place, at: str) -> None:
    vote, other = annotation(*places("21")), annotation(*places("12"), id=2)
    place.votes(vote, other)
    place.pull()
    place.votes(vote, at=at)
    if not at:
        place.server.tasks = []
    assert place.pull().deleted == (1 if at else 2)
    assert place.pull().events_new == 0
    assert len(place.live()) == (1 if at else 0)
    place.votes(vote, other, at=LATEST)
    place.pull()
    assert len(place.live()) == 2
    assert place.pull().events_new == 0


def test_a_vote_that_becomes_a_skip_is_taken_back(place: Place) -> None:
    place.votes(annotation(*places("21")), annotation(id=2, was_cancelled=True))
    assert place.pull().skipped == 1
    place.votes(annotation(was_cancelled=True, updated_at=LATER), at=LATER)
    report = place.pull()
    assert (report.skipped, report.deleted, place.live()) == (1, 1, [])
    assert place.pull().skipped == 0


def test_a_written_answer_is_a_candidate_above_all_bad_ones(place: Place) -> None:
    place.votes(annotation(choices(names.VERDICT, names.ALL_BAD), text(names.BETTER, "Neither.")))
    assert place.pull().written == 1
    found = place.workspace.frame("candidates").set_index("response").loc["Neither."]
    assert found["origin"] == "written"
    (event,) = place.events()
    assert event.tiers is not None
    assert event.tiers[0] == (found["candidate_id"],)
    assert place.pull().written == 0


def test_other_rubrics_stay_apart_and_other_wordings_are_told(place: Place) -> None:
    place.votes(annotation(*places("21")), metric=RUBRIC.metric[:1])
    assert dict(place.pull().other_rubrics) == {"helpfulness:0:4": 1}
    place.votes(annotation(*places("21"), id=2), at=LATER, instructions="Anew.")
    report = place.pull()
    assert (sum(report.wordings.values()), sum(report.other_rubrics.values())) == (1, 0)


def test_votes_on_prompts_that_are_not_here_wait_for_them(place: Place) -> None:
    place.votes(annotation(*places("21")))
    folder = place.workspace.pulls / "test-1"
    folder.rename(place.workspace.pulls / ".aside")
    for _ in range(2):
        report = place.pull()
        assert (report.events_new, dict(report.faults)) == (0, {"unknown_prompt": 1})
    (place.workspace.pulls / ".aside").rename(folder)
    assert place.pull().events_new == 1


@pytest.mark.parametrize("step", ["ledger", "journal", "confirmation", "commit"])
def test_a_pull_killed_between_two_writes_is_made_whole(
    place: Place, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    class Killed(BaseException):
        pass

    def kill(*_arguments: object) -> None:
        raise Killed

    place.votes(annotation(*places("21")))
    place.pull()
    place.votes(annotation(*places("12"), updated_at=LATER), at=LATER)
    with monkeypatch.context() as patch:
        where = {
            "ledger": (Ledger, "stage"),
            "journal": (journal, "write"),
            "confirmation": (Ledger, "confirm"),
            "commit": (Ledger, "reach"),
        }
        patch.setattr(*where[step], kill)
        with pytest.raises(Killed):
            place.pull()
    place.votes(annotation(*places("11"), updated_at=LATEST), at=LATEST)
    place.pull()
    (event,) = place.live()
    assert event.verdict == "tie"
    assert place.pull().events_new == 0


def test_another_server_with_the_same_numbers_takes_nothing_back(place: Place) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    place.server.created_at = LATER
    place.votes(annotation(*places("12"), created_at=LATER, updated_at=LATER), at=LATER)
    report = place.pull()
    assert (report.events_new, report.deleted, report.projects_gone) == (1, 0, 1)
    assert len(place.live()) == 2


def test_a_moved_journal_is_pulled_again_and_a_lost_ledger_is_named(place: Place) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    (path,) = place.workspace.annotations.glob("label-*")
    kept = path.read_bytes()
    path.unlink()
    assert place.pull().events_new == 1
    (path,) = place.workspace.annotations.glob("label-*")
    assert path.read_bytes() == kept
    (place.workspace.root / FOLDER / "pulled.sqlite3").unlink()
    with pytest.raises(LabelStudioError, match=r"pulled.sqlite3 is lost"):
        place.pull()


def test_two_pulls_at_once_are_refused(place: Place) -> None:
    with (
        pull_lock(place.workspace),
        pytest.raises(WorkspaceError, match="already running"),
    ):
        place.pull()


def test_a_server_that_stumbles_is_asked_again_and_one_that_fails_is_named(place: Place) -> None:
    place.votes(annotation(*places("21")))
    place.server.broken = 3
    assert place.pull().events_new == 1
    place.server.broken = 40
    with pytest.raises(LabelStudioError, match="status 500"):
        place.pull()


def test_a_key_that_is_not_accepted_is_named(place: Place) -> None:
    variables = {**place.server.variables, "LABEL_STUDIO_API_KEY": "no"}
    with pytest.raises(LabelStudioError, match="the key is not accepted"):
        pull(place.workspace, variables)


def test_a_second_pull_asks_for_what_changed(place: Place) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    place.server.asked.clear()
    place.pull()
    assert place.scans() == []
    place.votes(annotation(*places("12"), updated_at=LATER), at=LATER)
    place.pull()
    (scan,) = place.scans()
    assert "2026-03-04T05%3A06%3A07.890123Z" in scan


def test_changes_of_the_last_minute_are_looked_at_again(place: Place) -> None:
    just_now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    place.votes(annotation(*places("21")), at=just_now)
    place.pull()
    late = annotation(*places("12"), updated_at=LATER)  # bears an earlier time than what was seen
    place.votes(late, at=f"{datetime.now(UTC) - timedelta(seconds=30):%Y-%m-%dT%H:%M:%S.%fZ}")
    place.server.newest = just_now
    assert place.pull().edited == 1


def test_a_watch_goes_on_over_an_absent_server_and_adds_up() -> None:
    rounds: list[PullReport | PairwrightError] = [
        PullReport(events_new=2),
        LabelStudioError("away"),
        PullReport(),
        PullReport(events_new=3, skipped=1),
    ]
    said: list[int] = []
    warned: list[str] = []

    def once() -> PullReport:
        found = rounds.pop(0)
        if isinstance(found, PairwrightError):
            raise found
        return found

    def sleep(_seconds: float) -> None:
        if not rounds:
            raise KeyboardInterrupt

    total = watch(
        once, 5, lambda it: said.append(it.events_new), lambda it: warned.append(str(it)), sleep
    )
    assert (total.events_new, total.skipped) == (5, 1)
    assert (said, warned) == ([2, 3], ["away"])


def test_the_command_says_what_came_and_prints_one_object(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in place.server.variables.items():
        monkeypatch.setenv(name, value)
    place.votes(annotation(*places("21"), choices("score_a_charm", "1")), annotation(id=2))
    said = curate("label", "pull", "-C", place.workspace.root)
    assert (said.code, said.err) == (0, "")
    assert "1 new event with 0 ratings and 1 ranking from 1 project." in said.out
    assert "unknown_control" in said.out
    place.votes(annotation(id=3, was_cancelled=True), at=LATER)
    told = curate("label", "pull", "-C", place.workspace.root, "--json")
    assert told.code == 0
    counts = {name: told.json[name] for name in ("events_new", "ratings", "rankings", "skipped")}
    assert counts == {"events_new": 1, "ratings": 0, "rankings": 0, "skipped": 1}
    assert (told.json["deleted"], told.json["faults"]) == (1, {})


def test_a_vote_that_comes_while_the_pull_reads_makes_it_read_no_more_than_what_changed(
    place: Place,
) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    more = [annotation(*places("12"), id=number) for number in (2, 3)]
    place.votes(annotation(*places("21")), more[0], at=LATER)
    place.server.on_tasks = lambda: place.votes(annotation(*places("21")), *more, at=LATER)
    place.server.asked.clear()
    assert place.pull().events_new == 2
    reads = [it for it in place.server.asked if "tasks%3Aid%22%2C+%22operator" in it]
    assert len(reads) == len(place.scans())


@pytest.mark.parametrize("instead", [{}, {"tasks": None}, {"tasks": [], "total": 2}])
def test_an_answer_of_another_shape_takes_no_vote_back(
    place: Place, instead: dict[str, Any]
) -> None:
    place.votes(annotation(*places("21")), annotation(*places("12"), id=2))
    place.pull()
    place.votes(annotation(*places("21")))  # one is gone, so that all are to be read again
    place.server.instead = instead
    with pytest.raises(LabelStudioError, match="not what Label Studio answers"):
        place.pull()
    assert len(place.live()) == 2
