"""A push waits for the import that a killed one left under way, and no longer than it may take."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotate.label_studio import in_flight
from annotate.label_studio.in_flight import LONGEST_S, InFlight, LeftAlone
from schemas.errors import LabelStudioError

URL = "http://server"
NOTE = InFlight(url=URL, project=1, expected=10, sent=5, at=1000.0)


class Client:
    """A project whose count grows by a task with every look; none at all where it is gone."""

    def __init__(self, count: int, *, grows: bool = True, gone: bool = False) -> None:
        self.count, self.grows, self.gone, self.looks = count, grows, gone, 0
        self.projects = self

    def list_counts(self, **_: Any) -> Any:
        self.looks += 1
        self.count += self.grows
        return SimpleNamespace(
            results=[] if self.gone else [SimpleNamespace(task_number=self.count)]
        )


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A note of 5 tasks on their way to project 1, which then has 10."""
    path = tmp_path / "note.json"
    in_flight.write(path, URL, 1, 10, 5, now=lambda: NOTE.at)
    return path


def settle(
    client: Client, note: Path, url: str = URL, left_alone: LeftAlone = lambda: None
) -> list[float]:
    """The waits."""
    waits: list[float] = []
    in_flight.settle(
        client, note, url, left_alone, now=lambda: NOTE.at + sum(waits), sleep=waits.append
    )
    return waits


def test_it_waits_until_the_tasks_are_there(note: Path) -> None:
    assert len(settle(Client(6), note)) == 3
    assert not note.exists()


def test_it_waits_no_longer_than_a_server_of_elsewhere_may_take(note: Path) -> None:
    waited = sum(settle(Client(5, grows=False), note))
    assert NOTE.patience <= waited < NOTE.patience + 1
    assert not note.exists()


def test_it_waits_as_long_as_a_server_here_has_the_request_in_hand(note: Path) -> None:
    seen = iter([True] * 900 + [False])
    assert len(settle(Client(5, grows=False), note, left_alone=lambda: next(seen))) == 900
    assert not note.exists()


def test_it_does_not_wait_where_a_server_here_has_nothing_in_hand(note: Path) -> None:
    assert settle(Client(5, grows=False), note, left_alone=lambda: False) == []


def test_a_server_here_that_never_ends_is_named_and_the_note_stays(note: Path) -> None:
    with pytest.raises(LabelStudioError, match="still works on 5 tasks"):
        settle(Client(5, grows=False), note, left_alone=lambda: True)
    assert note.exists()
    assert NOTE.patience < LONGEST_S


def test_tasks_that_are_there_are_not_waited_for(note: Path) -> None:
    assert settle(Client(9), note) == []


def test_another_server_is_not_asked(note: Path) -> None:
    client = Client(0)
    assert settle(client, note, "http://other") == []
    assert client.looks == 0


def test_without_a_note_nothing_is_asked(tmp_path: Path) -> None:
    client = Client(0)
    in_flight.settle(client, tmp_path / "none.json", URL)
    assert client.looks == 0


def test_a_project_that_was_deleted_is_not_waited_for(note: Path) -> None:
    assert settle(Client(0, gone=True), note) == []


@pytest.mark.parametrize("text", ["", "{", '{"url": 1}', '{"url": "http://server"}'])
def test_a_note_that_says_nothing_is_no_note(note: Path, text: str) -> None:
    note.write_text(text, "utf-8")
    client = Client(0)
    settle(client, note)
    assert client.looks == 0
