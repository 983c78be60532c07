"""The ledger says what the journals hold, and is believed without reading them."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotate import journal
from curate.labelling.pull_ledger import Ledger
from curate.labelling.pull_state import FOLDER, LEDGER, ledger_of
from curate.sqlfiles import statement
from schemas.errors import LabelStudioError
from tests.support.annotations import annotation, places
from tests.support.label_server import label_server
from tests.support.vote_place import Place

LATER = "2026-03-06T00:00:00.000000Z"
LATEST = "2026-03-08T00:00:00.000000Z"


class Killed(BaseException):
    """The end of a process."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with label_server() as server:
        yield Place(tmp_path / "workspace", server)


def test_journals_that_are_as_they_were_are_not_read(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.votes(annotation(*places("21")))
    place.pull()

    def read(*_given: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr("curate.pull.event_ids.event_ids", read)
    place.votes(annotation(*places("12"), updated_at=LATER), at=LATER)
    assert place.pull().edited == 1
    assert place.pull().events_new == 0


@pytest.mark.parametrize("cut", [0.3, 0.5, 0.7, 1.0])
def test_of_a_batch_that_was_torn_nothing_is_lost_and_nothing_doubled(
    place: Place, monkeypatch: pytest.MonkeyPatch, cut: float
) -> None:
    def tear(file: object) -> None:
        path = Path(file.name)  # type: ignore[attr-defined]
        file.flush()  # type: ignore[attr-defined]
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * cut)])
        raise Killed

    place.votes(*(annotation(*places("21"), id=number) for number in range(1, 7)))
    with monkeypatch.context() as patch:
        patch.setattr(journal, "commit", tear)
        with pytest.raises(Killed):
            place.pull()
    kept = len(place.events())
    assert place.pull().events_new == 6 - kept
    assert Counter(it.event_id for it in place.events()).most_common(1)[0][1] == 1
    assert len(place.live()) == 6


def test_a_batch_whose_journal_is_whole_is_not_pulled_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_given: object) -> None:
        raise Killed

    place.votes(annotation(*places("21")))
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "confirm", die)
        with pytest.raises(Killed):
            place.pull()
    assert place.pull().events_new == 0
    assert len(place.live()) == 1


def test_an_edit_whose_journal_is_moved_away_supersedes_again(place: Place) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    place.votes(annotation(*places("12"), updated_at=LATER), at=LATER)
    place.pull()
    place.journals[-1].unlink()
    assert place.pull().edited == 1
    assert len(place.live()) == 1


def test_a_journal_that_was_cut_is_made_whole(place: Place) -> None:
    place.votes(*(annotation(*places("21"), id=number) for number in range(1, 4)))
    place.pull()
    (path,) = place.journals
    path.write_bytes(path.read_bytes()[:-1])
    assert place.pull().events_new == 1
    assert len(place.live()) == 3


def test_events_that_another_workspace_pulled_are_not_written_again(
    place: Place, tmp_path: Path
) -> None:
    other = Place(tmp_path / "other", place.server)
    assert place.pull().events_new == 0
    place.votes(annotation(*places("21")))
    other.pull()
    place.workspace.annotations.mkdir(exist_ok=True)
    shutil.copy(other.journals[0], place.workspace.annotations)
    assert place.pull().events_new == 0
    place.votes(annotation(*places("12"), updated_at=LATER), at=LATER)
    assert place.pull().edited == 1
    assert len(place.live()) == 1


def test_an_older_copy_of_the_ledger_doubles_no_edit(place: Place) -> None:
    place.votes(annotation(*places("21")))
    place.pull()
    ledger = place.workspace.root / FOLDER / LEDGER
    shutil.copy(ledger, ledger.with_suffix(".copy"))
    place.votes(annotation(*places("12"), updated_at=LATER), at=LATER)
    place.pull()
    ledger.with_suffix(".copy").replace(ledger)
    assert place.pull().events_new == 0
    assert len(place.live()) == 1
    place.votes(annotation(*places("11"), updated_at=LATEST), at=LATEST)
    place.pull()
    assert len(place.live()) == 1


def test_a_ledger_of_an_earlier_version_is_named(place: Place) -> None:
    (place.workspace.root / FOLDER).mkdir()
    (place.workspace.root / FOLDER / "pulled.jsonl").write_text("")
    with pytest.raises(LabelStudioError, match=r"pulled.jsonl is of a version of curate before"):
        place.pull()


def test_a_ledger_that_is_spoiled_is_named(place: Place) -> None:
    place.pull()
    (place.workspace.root / FOLDER / LEDGER).write_bytes(b"no database" * 1000)
    with pytest.raises(LabelStudioError, match=r"pulled.sqlite3: cannot be used"):
        place.pull()


def test_a_ledger_of_a_later_version_is_named(place: Place) -> None:
    place.pull()
    with closing(sqlite3.connect(place.workspace.root / FOLDER / LEDGER)) as database:
        database.execute("pragma user_version = 99")
    with pytest.raises(LabelStudioError, match="another version"):
        place.pull()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("latest", {"vote_id": ""}),
        ("of_tasks", {"project": "", "task": 1, "vote_id": "", "upto": 2, "rows": 1}),
        ("count", {"project": ""}),
        ("waiting", {"project": ""}),
        ("waiting_tasks", {"project": "", "task": 1, "waits": "", "rows": 1}),
        ("drop_staged", {}),
        ("staged_events", {}),
        ("supersede", {}),
        ("confirm", {}),
        ("has_event", {"event_id": ""}),
        ("project", {"project": ""}),
    ],
)
def test_what_every_pull_asks_is_looked_up(
    place: Place, name: str, values: dict[str, object]
) -> None:
    with ledger_of(place.workspace):
        pass
    with closing(sqlite3.connect(place.workspace.root / FOLDER / LEDGER)) as database:
        text = f"explain query plan {statement(f'ledger/{name}')}"
        steps = [row[3] for row in database.execute(text, values)]
    scans = [it for it in steps if it.startswith("SCAN") and "entries_staged" not in it]
    assert scans == []
