"""What is read of a server: all of it, by pages, and only what changed where that is asked."""

from collections.abc import Iterator
from typing import Any

import pytest

from annotate.label_studio.pull_server import Reader
from schemas.errors import LabelStudioError
from tests.support.annotations import annotation, places
from tests.support.label_projects import project
from tests.support.label_server import KEY, LabelServer, label_server
from tests.support.label_studio import Live
from tests.support.pages import prompt, turn

EARLY, LATE = "2026-03-04T05:06:07.000000Z", "2026-03-05T05:06:07.000000Z"


@pytest.fixture
def server() -> Iterator[LabelServer]:
    with label_server() as found:
        found.tasks = [_task(number, EARLY if number < 5 else LATE) for number in range(1, 8)]
        yield found


@pytest.fixture
def reader(server: LabelServer) -> Reader:
    return Reader(server.url, KEY)


def test_all_tasks_come_in_pages_that_leave_no_number_out(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.label_studio.pull_server.PAGE", 3)
    pages = list(reader.changed(1, None))
    assert [[it["id"] for it in page.tasks] for page in pages] == [[1, 2, 3], [4, 5, 6], [7]]
    assert [(page.after, page.upto) for page in pages] == [(0, 3), (3, 6), (6, None)]


def test_a_server_that_cuts_pages_shorter_is_read_to_the_end(
    reader: Reader, server: LabelServer
) -> None:
    server.longest_page = 2
    pages = list(reader.changed(1, None))
    assert [it["id"] for page in pages for it in page.tasks] == list(range(1, 8))
    assert [page.upto for page in pages] == [2, 4, 6, None]


def test_tasks_that_changed_after_a_time_come_alone(reader: Reader) -> None:
    pages = list(reader.changed(1, EARLY))
    assert [it["id"] for page in pages for it in page.tasks] == [5, 6, 7]


def test_tasks_come_by_their_numbers(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotate.label_studio.pull_server.PAGE", 2)
    assert [it["id"] for it in reader.numbered(1, [2, 3, 7, 99])] == [2, 3, 7]


def test_the_newest_change_is_told(reader: Reader) -> None:
    assert reader.newest(1).changed == LATE


def test_an_empty_project_has_no_newest_change(reader: Reader, server: LabelServer) -> None:
    server.tasks = []
    assert reader.newest(1).changed is None
    assert [page.tasks for page in reader.changed(1, None)] == [[]]


@pytest.mark.parametrize(
    "instead", [{}, {"tasks": 3}, {"tasks": [], "total": 1}, {"tasks": [{}], "total": 9}]
)
def test_an_answer_of_another_shape_is_named(
    reader: Reader, server: LabelServer, instead: dict[str, Any]
) -> None:
    server.instead = instead
    with pytest.raises(LabelStudioError, match="not what Label Studio answers"):
        list(reader.changed(1, None))


@pytest.mark.label_studio
def test_a_real_server_gives_all_that_a_vote_is_read_from(live: Live) -> None:
    number = project(live, prompt(turn("user", "Which?")), "This.", "That.", tasks=3)
    first, *_ = live.client.tasks.list(project=number)
    live.client.annotations.create(id=first.id, result=places("21"), lead_time=2.5)
    reader = Reader(live.url, live.key)
    (page,) = reader.changed(number, None)
    (vote,) = page.tasks[0]["annotations"]
    assert {"id", "created_at", "updated_at", "completed_by", "result", "lead_time"} <= set(vote)
    assert (vote["lead_time"], vote["was_cancelled"]) == (2.5, False)
    assert "data" in page.tasks[0]
    assert list(reader.numbered(number, [first.id])) == [page.tasks[0]]
    newest = reader.newest(number)
    assert newest.changed == page.tasks[0]["updated_at"]
    assert newest.at is not None
    (since,) = reader.changed(number, newest.changed)
    assert since.tasks == []
    (counted,) = reader.projects(ids=number, include="id,total_annotations_number")
    assert counted == {"id": number, "total_annotations_number": 1}


def _task(number: int, at: str) -> dict[str, Any]:
    return {"id": number, "updated_at": at, "data": {}, "annotations": [annotation()]}
