"""`curate label serve --postgres`: votes go into PostgreSQL, come back, and outlive a stop."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.label_studio.environment import Environment
from curate.init import create
from curate.labelling.connection import managed_server
from curate.workspace import Workspace
from tests.support.annotations import places
from tests.support.cli import Ran, curate
from tests.support.label_studio import Live, free_port
from tests.support.needed import missing
from tests.support.postgres import postgres, programs
from tests.support.pushing import Site

pytestmark = pytest.mark.label_studio
SECRET = "hush-hush-7"


@pytest.fixture(scope="module")
def served(
    environment: Environment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Workspace, Ran]]:
    """A workspace whose server keeps its votes in PostgreSQL, and what its first start said."""
    if programs() is None:
        missing("no PostgreSQL here: apt-get install postgresql")
    assert environment.is_ready
    workspace = create(tmp_path_factory.mktemp("served") / "workspace")
    with postgres() as cluster:
        address = cluster.database("votes").replace(":any@", f":{SECRET}@")
        ran = _serve(workspace, "--postgres", address)
        assert (ran.code, ran.err) == (0, "")
        try:
            yield workspace, ran
        finally:
            managed_server(workspace).stop()


@pytest.fixture
def site(served: tuple[Workspace, Ran], tmp_path: Path) -> Iterator[Site]:
    """Another workspace at that server, whose projects are its own."""
    server = managed_server(served[0])
    running, access = server.running(), server.access()
    assert running is not None
    assert access is not None
    live = Live(server, running.url, access.token)
    yield Site.of(live, tmp_path / "work")
    live.forget()


def test_a_vote_goes_into_the_database_and_is_pulled(site: Site) -> None:
    for number in range(3):
        site.ask(number)
    assert site.pushed()["tasks_new"] == 3
    assert site.tasks() == site.wanted
    _vote(site)
    assert _pull(site)["events_new"] == 1
    assert _pull(site)["events_new"] == 0
    assert not site.live.server.database.exists()


def test_votes_outlive_a_stop_and_a_start_that_names_no_database(
    served: tuple[Workspace, Ran], site: Site
) -> None:
    site.ask(1)
    site.pushed()
    _vote(site)
    assert curate("label", "serve", "--stop", "-C", served[0].root).code == 0
    port = site.live.url.rpartition(":")[2]
    again = _serve(served[0], "--json", port=int(port)).json
    assert (again["started"], again["database"]) == (True, "postgresql")
    assert site.pushed()["tasks_new"] == 0
    assert _pull(site)["events_new"] == 1


def test_the_database_is_not_deleted(served: tuple[Workspace, Ran]) -> None:
    ran = _serve(served[0], "--fresh")
    assert ran.code == 1
    assert "--fresh deletes no PostgreSQL database" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert managed_server(served[0]).running() is not None


def test_the_databases_password_is_said_nowhere(served: tuple[Workspace, Ran]) -> None:
    workspace, ran = served
    server = managed_server(workspace)
    running = server.running()
    assert running is not None
    command = Path(f"/proc/{running.process.pid}/cmdline").read_bytes().decode()
    log = server.log.read_text("utf-8")
    assert SECRET not in ran.out + ran.err + command + log
    assert SECRET in server.access_path.read_text("utf-8")


def test_a_first_start_says_that_it_takes_a_minute(served: tuple[Workspace, Ran]) -> None:
    assert "its tables in PostgreSQL (once; about a minute)" in served[1].out


def _serve(workspace: Workspace, *options: str, port: int = 0) -> Ran:
    at = ("--port", str(port or free_port()))
    return curate("label", "serve", "-C", workspace.root, *at, *options)


def _vote(site: Site) -> None:
    (project,) = site.projects()
    task = next(iter(site.live.client.tasks.list(project=project.id)))
    site.live.client.annotations.create(id=task.id, result=places("12"))


def _pull(site: Site) -> dict[str, int]:
    ran = curate("label", "pull", "-C", site.bench.root, "--json")
    assert ran.code == 0, ran
    found: dict[str, int] = ran.json
    return found
