"""What may happen to a managed server and to the command that starts it."""

import os
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest

from annotate.label_studio.process import is_running
from annotate.label_studio.running import Running
from annotate.label_studio.server import Server
from curate.labelling.connection import connect, managed_server
from curate.workspace import Workspace
from tests.support.cli import Ran, curate, start
from tests.support.label_studio import Live, free_port
from tests.support.waiting import until

pytestmark = pytest.mark.label_studio


def server_of(root: Path) -> Server:
    return managed_server(Workspace.open(root))


def found(root: Path) -> Running:
    running = server_of(root).running()
    assert running is not None
    return running


def serve(root: Path) -> Ran:
    return curate("label", "serve", "-C", root, "--port", str(free_port()), "--json")


def serving(root: Path) -> "subprocess.Popen[str]":
    """`curate label serve` as a process, its server's number known already."""
    begun = start("label", "serve", "-C", root, "--port", str(free_port()))
    until(lambda: server_of(root).running() is not None)
    return begun


def test_a_killed_server_is_started_again_with_all_it_had(root: Path) -> None:
    serve(root)
    project = _project(root)
    os.kill(found(root).process.pid, signal.SIGKILL)
    until(lambda: server_of(root).running() is None)
    assert "is stopped" in curate("label", "serve", "--status", "-C", root).out
    assert "curate label serve" in curate("label", "invite", "-C", root).err
    assert serve(root).json["started"] is True
    assert _project(root) == project + 1


def test_two_starts_at_once_make_one_server(root: Path) -> None:
    with serving(root) as first:
        second = serve(root)
        first.communicate(timeout=60)
    assert first.returncode == 0
    assert second.code == 1
    assert "a start of Label Studio is already running in this workspace" in second.err
    assert len(second.err.splitlines()) == 1
    again = serve(root)
    assert (again.json["started"], again.json["pid"]) == (False, found(root).process.pid)


def test_a_start_that_was_killed_is_waited_for_by_the_next(root: Path) -> None:
    with serving(root) as first:
        process = found(root).process
        first.kill()
    again = serve(root).json
    assert (again["state"], again["started"], again["pid"]) == ("running", False, process.pid)


def test_a_start_that_is_interrupted_leaves_no_server(root: Path) -> None:
    with serving(root) as first:
        process = found(root).process
        first.send_signal(signal.SIGINT)
        _, err = first.communicate(timeout=60)
    assert first.returncode == 130
    assert len(err.splitlines()) == 1
    assert not is_running(process)
    assert serve(root).json["started"] is True


def test_one_that_answers_nobody_is_said_to_be_silent(root: Path) -> None:
    serve(root)
    process = found(root).process
    os.kill(process.pid, signal.SIGSTOP)
    try:
        ran = curate("label", "serve", "--status", "-C", root)
    finally:
        os.kill(process.pid, signal.SIGCONT)
    assert "does not answer" in ran.out


def test_a_workspace_that_was_moved_keeps_its_projects_and_shows_its_media(root: Path) -> None:
    serve(root)
    project = _project(root)
    (server_of(root).media / "shown.txt").write_text("shown", "utf-8")
    assert _shown(root) == "shown"
    server_of(root).stop()
    moved = root.rename(root.with_name("moved"))
    try:
        assert serve(moved).json["started"] is True
        assert _shown(moved) == "shown"
        assert _project(moved) == project + 1
    finally:
        server_of(moved).stop()


def _project(root: Path) -> int:
    """The number of a new project: one more than the last one's."""
    connection = connect(Workspace.open(root), {})
    live = Live(server_of(root), connection.url, connection.key)
    number = live.project('<View><Text name="t" value="$t"/></View>', [{"t": "?"}])
    live.forget()
    return number


def _shown(root: Path) -> str:
    """What an annotator's browser gets of the file `shown.txt`."""
    connection = connect(Workspace.open(root), {})
    url = f"{connection.url}/data/local-files/?d={server_of(root).media.name}/shown.txt"
    headers = {"Authorization": f"Token {connection.key}"}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as reply:
        return str(reply.read().decode("ascii"))
