"""What may happen while `curate label push` runs: one line, and the next run is whole."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate.label_studio import push
from annotate.label_studio.environment import Environment
from annotate.label_studio.process import is_running
from curate.labelling import boxes
from curate.media.store import MediaStore
from tests.support.cli import Ran, curate
from tests.support.label_studio import Live, running
from tests.support.pictures import picture_bytes
from tests.support.pushing import Site
from tests.support.waiting import until

pytestmark = pytest.mark.label_studio
PROMPTS, CHUNK = 7, 3


@pytest.fixture(scope="module")
def own(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server that may be stopped, and whose admin's token may be reset."""
    with running(environment, tmp_path_factory.mktemp("own")) as found:
        yield found


@pytest.fixture
def site(own: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A workspace whose prompts go in three chunks."""
    monkeypatch.setattr(boxes, "CHUNK", CHUNK)
    found = Site.of(own, tmp_path / "work")
    for number in range(PROMPTS):
        found.ask(number)
    yield found
    found.live.forget()


def push_while(site: Site, happens: Callable[[], object]) -> Ran:
    """A push during which something happens, once its first chunk has arrived."""
    first = threading.Event()

    def send(*given: Any) -> int:
        total = push.send(*given)
        if not first.is_set():
            first.set()
            happens()
        return total

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boxes, "send", send)
        ran = site.push()
    assert first.is_set()
    return ran


def said(ran: Ran) -> str:
    """The one line of a push that failed."""
    assert ran.code == 1, ran
    (line,) = ran.err.splitlines()
    return line


def assert_the_next_is_whole(site: Site) -> None:
    """The next push asks for the rest, and one more finds nothing to do."""
    site.pushed()
    site.live.forget()
    assert site.tasks() == site.wanted
    assert site.pushed()["tasks_new"] == 0


def test_a_token_that_was_reset_before_is_asked_for_anew(site: Site, own: Live) -> None:
    own.client.users.reset_token()
    assert_the_next_is_whole(site)


def test_a_token_that_is_reset_in_the_middle(site: Site, own: Live) -> None:
    ran = push_while(site, own.client.users.reset_token)
    assert "the key is not accepted" in said(ran)
    assert_the_next_is_whole(site)


def test_a_project_that_is_deleted_in_the_middle(site: Site, own: Live) -> None:
    ran = push_while(site, lambda: own.client.projects.delete(id=site.projects()[0].id))
    assert "run the command again" in said(ran)
    assert_the_next_is_whole(site)


def test_a_page_that_is_edited_in_the_middle(site: Site, own: Live) -> None:
    pages: list[str] = []

    def edit() -> None:
        (project,) = site.projects()
        pages.append(project.label_config)
        edited = project.label_config.replace('value="unsafe"', 'value="rude"')
        own.client.projects.update(id=project.id, label_config=edited)

    push_while(site, edit)
    site.ask(PROMPTS)
    assert curate("route", "-C", site.bench.write().root).code == 0
    assert "edited by hand" in said(site.push())
    own.client.projects.update(id=site.projects()[0].id, label_config=pages[0])
    assert_the_next_is_whole(site)


def test_a_task_that_is_deleted_in_the_middle(site: Site, own: Live) -> None:
    def delete() -> None:
        task = next(iter(own.client.tasks.list(project=site.projects()[0].id)))
        own.client.tasks.delete(id=str(task.id))

    ran = push_while(site, delete)
    assert "did somebody add or delete tasks meanwhile?" in said(ran)
    assert_the_next_is_whole(site)


def test_a_server_that_is_started_anew_in_the_middle(
    site: Site, own: Live, environment: Environment
) -> None:
    def again() -> None:
        own.server.stop()
        _start(own, environment)

    assert push_while(site, again).code == 0
    assert_the_next_is_whole(site)


def test_a_server_that_is_killed_while_it_takes_tasks(
    site: Site, own: Live, environment: Environment
) -> None:
    killing = threading.Thread(target=_kill_while_it_works, args=(own, site.bench.root))
    ran = push_while(site, killing.start)
    killing.join()
    assert "no answer" in said(ran)
    _start(own, environment)
    assert_the_next_is_whole(site)


def test_two_pushes_at_once(site: Site) -> None:
    others: list[Ran] = []
    push_while(site, lambda: others.append(site.push()))
    assert "a push is already running" in said(others[0])
    assert_the_next_is_whole(site)


def test_a_picture_that_is_missing_on_the_disk(site: Site) -> None:
    store = MediaStore(site.bench.root / "media")
    shown = store.put_picture(picture_bytes(colour=77))
    site.ask(PROMPTS, media=[shown])
    path = store.path_of(str(shown.file))
    kept = path.read_bytes()
    path.unlink()
    assert f"{path}: it is missing" in said(site.push())
    path.write_bytes(kept)
    assert_the_next_is_whole(site)


def _start(live: Live, environment: Environment) -> None:
    port = int(live.url.rpartition(":")[2])
    live.server.start(environment, host="127.0.0.1", port=port)


def _kill_while_it_works(live: Live, root: Path) -> None:
    """Kill the server once another import is noted as under way."""
    found = live.server.running()
    assert found is not None
    note = root / ".label-push.json"
    until(lambda: not note.exists())
    until(note.exists)
    os.kill(found.process.pid, signal.SIGKILL)
    until(lambda: not is_running(found.process))
