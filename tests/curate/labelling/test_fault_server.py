"""A server that goes away in the middle of a pull, or lets it in no longer, costs no vote."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotate.label_studio.environment import Environment
from annotate.label_studio.health import is_free
from tests.support.faulty_server import Asked, Faulty, faulty
from tests.support.label_studio import Live, running
from tests.support.voted import Voted, small_pages
from tests.support.waiting import until

__all__ = ["small_pages"]

pytestmark = [pytest.mark.label_studio, pytest.mark.usefixtures("small_pages")]


@pytest.fixture
def own(environment: Environment, tmp_path: Path) -> Iterator[Live]:
    """A server of this test's own."""
    with running(environment, tmp_path / "server") as found:
        yield found


@pytest.fixture
def site(own: Live, tmp_path: Path) -> Voted:
    return Voted.of(own, tmp_path / "work", 12, votes=10)


@pytest.fixture
def proxy(own: Live, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faulty]:
    with faulty(own.url) as found:
        monkeypatch.setenv("LABEL_STUDIO_URL", found.url)
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", own.key)
        yield found


def test_a_server_that_is_restarted_in_the_middle_is_read_on(
    own: Live, site: Voted, proxy: Faulty, environment: Environment
) -> None:
    def restart() -> None:
        own.server.stop()
        _start_again(own, environment)

    _in_the_middle(proxy, restart)
    site.pulled()
    site.check()


def test_a_server_that_is_killed_in_the_middle_is_named_and_the_next_pull_is_whole(
    own: Live, site: Voted, proxy: Faulty, environment: Environment
) -> None:
    def kill() -> None:
        found = own.server.running()
        assert found is not None
        os.kill(found.process.pid, signal.SIGKILL)
        until(lambda: own.server.running() is None)

    _in_the_middle(proxy, kill)
    ran = site.pull()
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert "does the server run?" in ran.err
    kept = site.live_votes()
    assert kept
    _start_again(own, environment)
    site.pulled()
    site.check()
    assert kept <= site.live_votes()


def test_a_token_that_is_revoked_in_the_middle_is_named_and_a_new_one_goes_on(
    own: Live, site: Voted, proxy: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_the_middle(proxy, own.client.users.reset_token)
    for _ in ("in the middle", "at the start"):
        ran = site.pull()
        assert ran.code == 1
        assert len(ran.err.splitlines()) == 1
        assert "the key is not accepted" in ran.err
    assert site.live_votes()
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", _new_token(own))
    site.pulled()
    site.check_none_twice()
    assert site.live_votes().total() == 10


def _in_the_middle(proxy: Faulty, act: Callable[[], object]) -> None:
    """Act once, before the second page of tasks is read."""
    seen: list[Asked] = []

    def plan(asked: Asked) -> None:
        if asked.is_for("/api/tasks"):
            seen.append(asked)
            if len(seen) == 3:
                act()

    proxy.plan = plan


def _start_again(own: Live, environment: Environment) -> None:
    port = int(own.url.rpartition(":")[2])
    until(lambda: is_free("127.0.0.1", port))  # a process that ends keeps it for a moment more
    own.server.start(environment, host="127.0.0.1", port=port)


def _new_token(own: Live) -> str:
    import sqlite3

    with sqlite3.connect(own.server.database) as database:
        (found,) = database.execute("select key from authtoken_token").fetchone()
    return str(found)
