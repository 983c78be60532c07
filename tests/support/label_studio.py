"""A real Label Studio on loopback for tests: its environment, a running server, and its client."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from annotate.label_studio.environment import Environment
from annotate.label_studio.server import Server
from schemas.errors import LabelStudioError
from tests.support.needed import missing


@dataclass
class Live:
    """A server that runs, empty at first. `session` is the admin's, once there is one."""

    server: Server
    url: str
    key: str
    session: Any = None

    @cached_property
    def client(self) -> Any:
        """The SDK's client with the admin's key."""
        from label_studio_sdk import LabelStudio

        return LabelStudio(  # type: ignore[no-untyped-call]
            base_url=self.url, api_key=self.key, timeout=300
        )

    def forget(self) -> None:
        """Close the client; the next one has the admin's key as it is then."""
        if (client := vars(self).pop("client", None)) is not None:
            client._client_wrapper.httpx_client.httpx_client.close()
        access = self.server.access()
        if access is not None:
            self.key = access.token

    def project(self, xml: str, tasks: list[dict[str, Any]], title: str = "test") -> int:
        """A new project with these tasks and the server's media; its number."""
        project = self.client.projects.create(title=title, label_config=xml)
        self.client.import_storage.local.create(
            project=project.id, path=str(self.server.media), use_blob_urls=True, title="media"
        )
        data = [{"data": task} for task in tasks]
        self.client.projects.import_tasks(id=project.id, request=data)
        return int(project.id)

    def tidy(self) -> None:
        """Delete every project."""
        for project in list(self.client.projects.list(page_size=100, include="id")):
            self.client.projects.delete(id=project.id)

    def annotations(self, project: int) -> list[dict[str, Any]]:
        """Every annotation of a project, the result as values by control."""
        tasks = self.client.projects.exports.as_json(project)
        found = [annotation for task in tasks for annotation in task["annotations"]]
        return [
            {**it, "values": {part["from_name"]: part["value"] for part in it["result"]}}
            for it in found
        ]


@pytest.fixture(scope="session")
def environment() -> Environment:
    """Label Studio's environment, made where it is not there; skipped where it cannot be."""
    found = Environment.of_user(os.environ)
    try:
        found.make(print)
    except LabelStudioError as error:
        missing(f"no Label Studio here: {error}")
    return found


@pytest.fixture(scope="session")
def live_server(
    environment: Environment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Live]:
    """One server for all tests of a session."""
    with running(environment, tmp_path_factory.mktemp("label-studio")) as found:
        yield found


@pytest.fixture
def live(live_server: Live) -> Iterator[Live]:
    """The session's server without a project: pulls and reviews look at all that are there."""
    yield live_server
    live_server.tidy()


@contextmanager
def running(environment: Environment, folder: Path) -> Iterator[Live]:
    """A server of one's own, stopped afterwards."""
    server = Server(folder)
    server.prepare(environment)
    started = server.start(environment, host="127.0.0.1", port=free_port())
    access = server.access()
    assert access is not None
    found = Live(server, started.url, access.token)
    try:
        yield found
    finally:
        found.forget()
        server.stop()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
