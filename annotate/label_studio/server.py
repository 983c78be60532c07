"""The managed server: one Label Studio whose data are a folder, started and stopped by its pid.

The folder holds `access.json` (0600), `server.json` while it runs, `server.log`, `data/` (the
SQLite database) and `files/` (what annotators' browsers may be sent).
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from annotate.label_studio import health
from annotate.label_studio.access import Access, read_access, write_access
from annotate.label_studio.environment import VERSION, Environment, last_line
from annotate.label_studio.moved import follow
from annotate.label_studio.process import is_running, stop
from annotate.label_studio.running import Running, read_running, write_running
from annotate.label_studio.sign_in import renew
from annotate.label_studio.spawn import spawn
from annotate.label_studio.variables import postgres_variables, server_variables
from schemas.errors import LabelStudioError, UsageError

DATABASE = "label_studio.sqlite3"
MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Server:
    """The managed server of one folder. It need not run, nor exist yet."""

    folder: Path

    @property
    def access_path(self) -> Path:
        """The admin's password and token."""
        return self.folder / "access.json"

    @property
    def database(self) -> Path:
        """The SQLite database; not there where PostgreSQL is used."""
        return self.folder / "data" / DATABASE

    @property
    def media(self) -> Path:
        """The folder for pictures and videos of prompts that people rate, and for nothing else."""
        return self.folder / "files" / MEDIA

    @property
    def log(self) -> Path:
        """What the server said since it was started last."""
        return self.folder / "server.log"

    @property
    def _state(self) -> Path:
        return self.folder / "server.json"

    def access(self) -> Access | None:
        """Who may in; None before the first start."""
        return read_access(self.access_path)

    def running(self) -> Running | None:
        """The server if it runs; None where it was stopped, was killed or never was."""
        return read_running(self._state)

    def prepare(self, environment: Environment, postgres: str | None = None) -> bool:
        """Make the folder, its access and its empty database; whether access is new.

        Raises UsageError where `postgres` is no address, or where the folder's votes are in
        another database.
        """
        if postgres is not None:
            postgres_variables(postgres)
        self.media.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)  # its log has links that let people in
        (self.folder / ".gitignore").write_text("*\n", "utf-8")
        self.check_database(postgres)
        known = self.access()
        if known is None:
            write_access(self.access_path, Access.drawn(postgres))
        if (known.postgres if known else postgres) is None and not self.database.exists():
            self.database.parent.mkdir(exist_ok=True)
            staged = self.database.with_suffix(".staged")
            shutil.copyfile(environment.migrated, staged)
            staged.replace(self.database)
        return known is None

    def check_database(self, postgres: str | None) -> None:
        """Raise UsageError where votes are kept in another database than is named."""
        known = self.access()
        if known is not None and postgres not in (None, known.postgres):
            raise UsageError(
                f"{self.folder} keeps its votes in another database than --postgres names",
                "leave --postgres out, or begin anew with --fresh",
            )

    def start(
        self,
        environment: Environment,
        *,
        host: str,
        port: int,
        outside: Mapping[str, str] = os.environ,
        patience: float = 300.0,
    ) -> Running:
        """The server, up and answering. `prepare` comes before.

        Raises LabelStudioError where the port is taken, where it ends or stays silent, or where its
        database was another workspace's and does not know our token.
        """
        access = self.access()
        if access is None:
            raise LabelStudioError(f"{self.folder}: no server was made here", "curate label serve")
        if not health.is_free(host, port):
            raise LabelStudioError(
                f"port {port} of {host} is in use or not to be had", "name another with --port"
            )
        variables = server_variables(
            access,
            data=self.folder / "data",
            files=self.folder / "files",
            host=host,
            outside=outside,
        )
        process = spawn(environment, variables, self.log, host=host, port=port)
        running = Running(process=process, host=host, port=port, version=VERSION)
        write_running(self._state, running)
        try:
            self.wait(running, patience)
        except BaseException:  # Ctrl-C too: nobody would know that it goes on
            self.stop()
            raise
        return running

    def wait(self, running: Running, patience: float = 60.0) -> None:
        """Wait until it answers, and take over its admin's token where that was reset.

        Raises LabelStudioError where it ends or stays silent, or where it does not know our admin.
        """
        if not health.wait(running.url, lambda: is_running(running.process), patience):
            raise LabelStudioError(
                f"Label Studio did not start: {last_line(self.log)}", f"the log is {self.log}"
            )
        renew(self.access_path, running.url)
        access = self.access()
        if access is not None:
            follow(self.folder / "media-folder", self.media, running.url, access.token)

    def stop(self) -> bool:
        """Stop the server by its pid; False where none ran."""
        found = self.running()
        if found is None:
            return False
        stopped = stop(found.process)
        self._state.unlink(missing_ok=True)
        return stopped

    def unmake(self) -> None:
        """Undo `prepare` for a server that never started; its log stays."""
        self.access_path.unlink(missing_ok=True)
        shutil.rmtree(self.folder / "data", ignore_errors=True)

    def clear(self) -> None:
        """Stop the server and delete all it has, votes too. SQLite only."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
