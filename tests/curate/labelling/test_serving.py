"""`curate label serve` and `invite` on a real server."""

import os
import signal
import stat
from pathlib import Path

import pytest

from annotate.label_studio.access import Access, write_access
from curate.init import create
from curate.labelling.connection import connect, managed_server
from curate.workspace import Workspace
from tests.support.cli import curate, process, start
from tests.support.label_studio import free_port

pytestmark = pytest.mark.label_studio


def serve(root: Path, *more: str, port: int = 0) -> dict[str, object]:
    ran = curate("label", "serve", "-C", root, "--port", str(port or free_port()), "--json", *more)
    assert (ran.code, ran.err) == (0, "")
    found: dict[str, object] = ran.json
    return found


def test_a_server_is_started_looked_at_and_stopped(root: Path) -> None:
    begun = serve(root)
    assert (begun["state"], begun["started"], begun["database"]) == ("running", True, "sqlite")
    again = serve(root)
    assert (again["started"], again["pid"]) == (False, begun["pid"])
    other = ("--postgres", "postgresql://me@127.0.0.1/votes")
    refused = curate("label", "serve", "-C", root, *other)
    assert (refused.code, "another database" in refused.err) == (2, True)
    named = curate("label", "serve", "-C", root, "--set", "label_studio.url=http://other.test")
    assert named.err.startswith("warning: push, pull and the others use http://other.test")
    assert curate("label", "serve", "--status", "-C", root, "--json").json["state"] == "running"
    assert curate("label", "serve", "--stop", "-C", root, "--json").json["stopped"] is True
    assert curate("label", "serve", "--stop", "-C", root, "--json").json["stopped"] is False
    assert "is stopped" in curate("label", "serve", "--status", "-C", root).out


def test_the_password_is_shown_once_and_is_in_a_file_of_ones_own(root: Path) -> None:
    port = free_port()
    first = process("label", "serve", "-C", root, "--port", str(port)).out
    access = managed_server(Workspace.open(root)).access()
    assert access is not None
    assert access.password in first
    assert access.token not in first
    again = process("label", "serve", "-C", root).out
    assert curate("label", "serve", "--stop", "-C", root).code == 0
    third = process("label", "serve", "-C", root, "--port", str(port)).out
    assert access.password not in again + third
    assert "access.json" in again
    path = root / "label-studio" / "access.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (path.parent / ".gitignore").read_text("utf-8") == "*\n"


def test_the_invite_link_leads_to_the_managed_server(root: Path) -> None:
    url = serve(root)["url"]
    ran = curate("label", "invite", "-C", root)
    assert ran.out.startswith(f"{url}/user/signup/?token=")
    assert "nothing to label yet" in ran.err
    assert curate("label", "invite", "-C", root, "--json").json["link"] == ran.out.strip()
    assert connect(Workspace.open(root), {}).url == url


def test_a_port_in_use_is_one_line(root: Path, tmp_path: Path) -> None:
    port = free_port()
    serve(root, port=port)
    other = create(tmp_path / "other")
    ran = curate("label", "serve", "-C", other.root, "--port", str(port))
    assert ran.code == 1
    assert f"port {port} of 127.0.0.1 is in use" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_first_start_that_fails_leaves_the_next_one_free(root: Path) -> None:
    nowhere = f"postgresql://me:hush@127.0.0.1:{free_port()}/votes"
    ran = curate("label", "serve", "-C", root, "--port", str(free_port()), "--postgres", nowhere)
    assert ran.code == 1
    assert "did not start" in ran.err
    assert "hush" not in ran.err
    assert (root / "label-studio" / "server.log").exists()
    assert serve(root)["database"] == "sqlite"


def test_a_database_of_another_admin_is_refused(root: Path) -> None:
    serve(root)
    server = managed_server(Workspace.open(root))
    server.stop()
    write_access(server.access_path, Access.drawn())
    ran = curate("label", "serve", "-C", root, "--port", str(free_port()))
    assert ran.code == 1
    assert "does not know the admin" in ran.err
    assert server.running() is None


def test_fresh_keeps_votes_unless_forced(root: Path) -> None:
    serve(root)
    connection = connect(Workspace.open(root), {})
    _one_vote(connection.url, connection.key)
    refused = curate("label", "serve", "--fresh", "-C", root)
    assert refused.code == 1
    assert "1 vote in Label Studio was not pulled" in refused.err
    assert serve(root, "--fresh", "--force")["started"] is True
    assert serve(root, "--fresh")["started"] is True


def _one_vote(url: str, key: str) -> None:
    from tests.support.label_studio import Live

    live = Live(managed_server(Workspace(Path())), url, key)
    project = live.client.projects.create(
        title="votes",
        label_config='<View><Text name="t" value="$t"/>'
        '<Choices name="c" toName="t"><Choice value="x"/></Choices></View>',
    )
    task = live.client.tasks.create(project=project.id, data={"t": "?"})
    live.client.annotations.create(id=task.id, result=[])
    live.client._client_wrapper.httpx_client.httpx_client.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_in_the_foreground_a_signal_stops_it(root: Path, number: signal.Signals) -> None:
    port = str(free_port())
    with start("label", "serve", "--foreground", "-C", root, "--port", port) as running:
        server = managed_server(Workspace.open(root))
        assert running.stdout
        while "Ctrl-C stops it." not in running.stdout.readline():
            assert running.poll() is None
        assert server.running() is not None
        running.send_signal(number)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (0, "Label Studio is stopped.\n", "")
    assert server.running() is None


def test_in_the_foreground_an_end_by_itself_is_an_error(root: Path) -> None:
    port = str(free_port())
    with start("label", "serve", "--foreground", "-C", root, "--port", port) as running:
        server = managed_server(Workspace.open(root))
        assert running.stdout
        while "Ctrl-C stops it." not in running.stdout.readline():
            assert running.poll() is None
        found = server.running()
        assert found is not None
        os.kill(found.process.pid, signal.SIGKILL)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 1
    assert err.startswith("error: Label Studio ended: ")


def _is_up(url: str) -> bool:
    from annotate.label_studio.health import is_healthy

    return is_healthy(url)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--stop", "--fresh"], "--stop goes with no other step"),
        (["--force"], "--force without --fresh"),
        (["--postgres", "votes"], "no PostgreSQL address"),
    ],
)
def test_options_that_do_not_go_together_are_usage(
    root: Path, options: list[str], said: str
) -> None:
    ran = curate("label", "serve", "-C", root, "--port", str(free_port()), *options)
    assert ran.code == 2
    assert said in ran.err
