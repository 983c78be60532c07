"""A push waits for the import that a killed one left under way, and no longer than it may take."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotate.label_studio import in_flight

URL = "http://server"


class Client:
    """A project whose count grows by a task with every look."""

    def __init__(self, count: int, *, grows: bool = True) -> None:
        self.count, self.grows, self.looks = count, grows, 0
        self.projects = self

    def get(self, **_: Any) -> Any:
        self.looks += 1
        self.count += self.grows
        return SimpleNamespace(task_number=self.count)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A note of 5 tasks on their way to project 1, which then has 10."""
    path = tmp_path / "note.json"
    in_flight.write(path, URL, 1, 10, 5)
    return path


def settle(client: Client, note: Path, url: str = URL) -> list[float]:
    """The waits."""
    waits: list[float] = []
    start = in_flight.InFlight.model_validate_json(note.read_text("utf-8")).until - 10.1
    in_flight.settle(client, note, url, now=lambda: start + sum(waits), sleep=waits.append)
    return waits


def test_it_waits_until_the_tasks_are_there(note: Path) -> None:
    assert len(settle(Client(6), note)) == 3
    assert not note.exists()


def test_it_waits_no_longer_than_they_may_take(note: Path) -> None:
    assert 10 <= sum(settle(Client(5, grows=False), note)) < 11
    assert not note.exists()


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
    from label_studio_sdk.core.api_error import ApiError

    class Gone(Client):
        def get(self, **_: Any) -> Any:
            raise ApiError(status_code=404, headers={}, body={})

    assert settle(Gone(0), note) == []
