"""A pull through a connection that fails ends in one line or goes on, and the next is whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.label_studio.pull_http import TRIES
from tests.support.faulty_server import Fault, Faulty, Plan, faulty, nth
from tests.support.label_studio import Live
from tests.support.voted import Voted, small_pages

__all__ = ["small_pages"]

pytestmark = [pytest.mark.label_studio, pytest.mark.usefixtures("small_pages")]

TASKS = "/api/tasks"
FAULTS: list[Fault] = ["broken", "dropped", "cut", "silent"]


@pytest.fixture
def site(live: Live, tmp_path: Path) -> Voted:
    return Voted.of(live, tmp_path / "work", 12, votes=10)


@pytest.fixture
def proxy(live: Live, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faulty]:
    monkeypatch.setattr("annotate.label_studio.pull_http.TIMEOUT_S", 1.0)
    with faulty(live.url) as found:
        monkeypatch.setenv("LABEL_STUDIO_URL", found.url)
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", live.key)
        yield found


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_stumbles_is_asked_again(site: Voted, proxy: Faulty, fault: Fault) -> None:
    proxy.plan = _in_the_middle(site, fault, TRIES - 1)
    site.pulled()
    site.check()


@pytest.mark.parametrize("fault", [*FAULTS, "refused", "emptied"])
def test_a_server_that_fails_in_the_middle_is_named_and_the_next_pull_is_whole(
    site: Voted, proxy: Faulty, fault: Fault
) -> None:
    proxy.plan = _in_the_middle(site, fault, 1000)
    ran = site.pull()
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert proxy.url in ran.err
    assert site.live_votes(), "what came before the fault was not kept"
    site.check_none_twice()
    proxy.plan = lambda _: None
    site.pulled()
    site.check()
    assert site.pulled()["deleted"] == 0


@pytest.mark.parametrize("path", ["/api/projects", "/api/users"])
def test_a_key_that_is_refused_at_the_start_is_named(site: Voted, proxy: Faulty, path: str) -> None:
    proxy.plan = nth(1, path, "refused")
    ran = site.pull()
    assert ran.code == 1
    assert "the key is not accepted" in ran.err
    site.pulled()
    site.check()


def test_an_answer_that_is_not_label_studio_s_takes_no_vote_back(
    site: Voted, proxy: Faulty
) -> None:
    site.pulled()
    site.live.client.tasks.delete(id=str(site.numbers[0]))
    proxy.plan = nth(1, TASKS, "emptied", times=1000)
    assert "not what Label Studio answers" in site.pull().err
    proxy.plan = lambda _: None
    assert site.pulled()["deleted"] == 1
    site.check()


def _in_the_middle(site: Voted, fault: Fault, times: int) -> Plan:
    """A plan that fails from the second page of the site's tasks on; before it comes `newest`."""
    return nth(3, TASKS, fault, times=times, holding=f"project={site.project}&")
