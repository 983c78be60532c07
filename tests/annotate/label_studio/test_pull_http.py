"""A server is asked again where it stumbles, and one that fails is named in one line."""

import json
import urllib.request
from collections.abc import Iterator
from email.message import Message
from io import BytesIO
from urllib.response import addinfourl

import pytest

from annotate.label_studio.health import DIRECT
from annotate.label_studio.invite import invite_link
from annotate.label_studio.pull_http import TRIES, Asker, GoneError, _time
from schemas.errors import LabelStudioError
from tests.support.faulty_server import Fault, Faulty, faulty, nth
from tests.support.hostile import LOCAL
from tests.support.label_server import KEY, LabelServer, label_server
from tests.support.label_studio import Live, free_port

PROJECTS = "/api/projects"


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotate.label_studio.pull_http.time.sleep", lambda _seconds: None)
    monkeypatch.setattr("annotate.label_studio.pull_http.TIMEOUT_S", 0.5)


@pytest.fixture
def server() -> Iterator[LabelServer]:
    with label_server() as found:
        yield found


@pytest.fixture
def proxy(server: LabelServer) -> Iterator[Faulty]:
    with faulty(server.url) as found:
        yield found


def test_an_answer_comes_with_the_server_s_time(server: LabelServer) -> None:
    reply = Asker(server.url, KEY).ask("api/projects")
    assert len(reply.found["results"]) == 2
    assert reply.at is not None


@pytest.mark.parametrize("fault", ["broken", "dropped", "cut", "silent"])
def test_a_server_that_stumbles_is_asked_again(proxy: Faulty, fault: Fault) -> None:
    proxy.plan = nth(1, PROJECTS, fault, times=TRIES - 1)
    assert "results" in Asker(proxy.url, KEY).ask("api/projects").found


@pytest.mark.parametrize("fault", ["broken", "dropped", "cut", "silent"])
def test_a_server_that_goes_on_failing_is_named(proxy: Faulty, fault: Fault) -> None:
    proxy.plan = nth(1, PROJECTS, fault, times=TRIES)
    with pytest.raises(LabelStudioError, match=proxy.url):
        Asker(proxy.url, KEY).ask("api/projects")


def test_a_key_that_is_not_accepted_is_tried_once(proxy: Faulty) -> None:
    with pytest.raises(LabelStudioError, match="the key is not accepted"):
        Asker(proxy.url, "wrong").ask("api/projects")
    assert len(proxy.asked) == 1


def test_no_server_at_all_is_named() -> None:
    with pytest.raises(LabelStudioError, match="does the server run"):
        Asker(f"http://127.0.0.1:{free_port()}", KEY).ask("api/projects")


@pytest.mark.parametrize("date", ["1 Jan 99999999999999999999 00:00:00 GMT", "soon", None])
def test_a_time_that_is_none_is_no_fault(date: str | None) -> None:
    assert _time(date) is None


def test_an_answer_nested_without_end_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(_request: object, timeout: float) -> addinfourl:
        assert timeout
        return addinfourl(BytesIO(b"[" * 100_000), Message(), "http://127.0.0.1")

    monkeypatch.setattr(DIRECT, "open", opened)
    with pytest.raises(LabelStudioError, match="no answer"):
        Asker("http://127.0.0.1", KEY).ask("api/projects")
    with pytest.raises(LabelStudioError, match="no answer"):
        invite_link("http://127.0.0.1", KEY)


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(LabelStudioError, match="no web address"):
        Asker(LOCAL, KEY).ask("api/projects")


def test_the_key_is_not_in_what_is_printed() -> None:
    assert KEY not in repr(Asker("http://127.0.0.1", KEY))


@pytest.mark.label_studio
def test_what_is_not_there_is_told_from_a_server_that_fails(live: Live) -> None:
    with pytest.raises(GoneError, match="status 404"):
        Asker(live.url, live.key).ask("api/tasks", project=123_456, page_size=1)


@pytest.mark.label_studio
def test_a_personal_token_is_changed_for_one_that_lasts_minutes_and_then_for_another(
    live: Live,
) -> None:
    request = urllib.request.Request(
        f"{live.url}/api/token/", method="POST", headers={"Authorization": f"Token {live.key}"}
    )
    with urllib.request.urlopen(request) as reply:
        token = json.load(reply)["token"]
    with faulty(live.url) as proxy:
        asker = Asker(proxy.url, token)
        asker.ask("api/projects")
        proxy.plan = nth(1, PROJECTS, "refused")
        asker.ask("api/projects")
        refreshed = [it for it in proxy.asked if it.is_for("/api/token/refresh")]
    assert len(refreshed) == 2
