"""A real managed server: started, found again, killed, stopped; nothing but loopback."""

import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from annotate.label_studio import process
from annotate.label_studio.environment import VERSION, Environment
from annotate.label_studio.invite import invite_link
from annotate.label_studio.server import Server
from schemas.errors import LabelStudioError, UsageError
from tests.support.label_studio import Live, free_port, running
from tests.support.waiting import until

pytestmark = pytest.mark.label_studio


def status(url: str, key: str = "") -> int:
    request = urllib.request.Request(url, headers={"Authorization": f"Token {key}"} if key else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_new_folder_serves_within_seconds(environment: Environment, tmp_path: Path) -> None:
    begin = time.monotonic()
    with running(environment, tmp_path / "new") as live:
        assert time.monotonic() - begin < 30
        assert status(f"{live.url}/api/projects", live.key) == 200
        assert status(f"{live.url}/api/projects") == 401
        found = live.server.running()
        assert found is not None
        assert found.version == VERSION


def test_the_version_is_the_pinned_one(live: Live) -> None:
    request = urllib.request.Request(
        f"{live.url}/api/version", headers={"Authorization": f"Token {live.key}"}
    )
    with urllib.request.urlopen(request, timeout=10) as reply:
        assert json.load(reply)["release"] == VERSION


def test_it_listens_on_loopback_only(live: Live) -> None:
    port = int(live.url.rpartition(":")[2])
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    bound = {address for address in listening if address.endswith(f":{port:04X}")}
    assert "0100007F" in {address.partition(":")[0] for address in bound}
    assert "00000000" not in {address.partition(":")[0] for address in bound}


def test_another_hosts_name_is_not_answered(live: Live) -> None:
    request = urllib.request.Request(f"{live.url}/health", headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request, timeout=10)


def test_nobody_signs_up_without_the_link(live: Live) -> None:
    link = invite_link(live.url, live.key)
    assert link.startswith(f"{live.url}/user/signup/?token=")
    assert status(link) == 200


def test_a_wrong_key_is_said_to_be_wrong(live: Live) -> None:
    with pytest.raises(LabelStudioError, match="the key is not accepted"):
        invite_link(live.url, "0" * 40)


def test_a_server_that_is_not_there_is_said_to_be_silent() -> None:
    with pytest.raises(LabelStudioError, match="no answer"):
        invite_link(f"http://127.0.0.1:{free_port()}", "0" * 40)


def test_projects_outlive_a_kill_and_a_start(environment: Environment, tmp_path: Path) -> None:
    with running(environment, tmp_path) as live:
        live.client.projects.create(title="kept", label_config="<View/>")
        found = live.server.running()
        assert found is not None
        os.kill(found.process.pid, signal.SIGKILL)
        until(lambda: not process.is_running(found.process))
        assert live.server.running() is None
        assert not live.server.stop()
        assert not live.server.prepare(environment)
        again = live.server.start(environment, host="127.0.0.1", port=free_port())
        request = urllib.request.Request(
            f"{again.url}/api/projects", headers={"Authorization": f"Token {live.key}"}
        )
        with urllib.request.urlopen(request, timeout=10) as reply:
            assert [it["title"] for it in json.load(reply)["results"]] == ["kept"]
        assert live.server.stop()


def test_a_port_in_use_is_named(environment: Environment, tmp_path: Path) -> None:
    server = Server(tmp_path / "x")
    server.prepare(environment)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LabelStudioError, match=f"port {port} .* is in use.*--port"):
            server.start(environment, host="127.0.0.1", port=port)
    assert server.running() is None


def test_a_server_that_cannot_start_says_why(environment: Environment, tmp_path: Path) -> None:
    server = Server(tmp_path / "x")
    server.prepare(environment)
    server.database.write_bytes(b"no database")
    with pytest.raises(LabelStudioError, match=r"did not start: .*server\.log"):
        server.start(environment, host="127.0.0.1", port=free_port())
    assert server.running() is None


def test_votes_stay_in_the_database_they_are_in(environment: Environment, tmp_path: Path) -> None:
    server = Server(tmp_path / "x")
    server.prepare(environment)
    with pytest.raises(UsageError, match="another database"):
        server.prepare(environment, "postgresql://me@127.0.0.1/votes")
