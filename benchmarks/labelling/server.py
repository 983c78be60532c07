"""A Label Studio of one's own for a table, on SQLite or on a throwaway PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotate.label_studio.environment import Environment
from annotate.label_studio.server import Server
from tests.support.label_studio import free_port
from tests.support.postgres import postgres, programs

DATABASES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True, slots=True)
class At:
    """A server that runs: where, and an admin's key."""

    url: str
    key: str

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a command that uses it."""
        return {"LABEL_STUDIO_URL": self.url, "LABEL_STUDIO_API_KEY": self.key}

    def client(self) -> Any:
        """The SDK's client."""
        from label_studio_sdk import LabelStudio

        return LabelStudio(  # type: ignore[no-untyped-call]
            base_url=self.url, api_key=self.key, timeout=600
        )

    def clear(self) -> None:
        """Delete every project, so that each run finds an empty server."""
        client = self.client()
        for project in list(client.projects.list()):
            client.projects.delete(id=project.id)


def databases() -> tuple[str, ...]:
    """The databases that are there to be measured on."""
    return DATABASES if programs() else DATABASES[:1]


@contextmanager
def served(database: str) -> Iterator[At]:
    """A server on a database, empty at first and gone afterwards."""
    with TemporaryDirectory(prefix="curate-bench-") as folder:
        if database == DATABASES[0]:
            with _running(Path(folder), None) as found:
                yield found
        else:
            with postgres() as cluster, _running(Path(folder), cluster.database("bench")) as found:
                yield found


@contextmanager
def _running(folder: Path, address: str | None) -> Iterator[At]:
    environment = Environment.of_user(os.environ)
    environment.make(print)
    server = Server(folder)
    server.prepare(environment, address)
    try:
        started = server.start(environment, host="127.0.0.1", port=free_port(), patience=600)
        access = server.access()
        if access is None:
            raise RuntimeError("the server has no admin")
        yield At(started.url, access.token)
    finally:
        server.stop()
