"""The environment Label Studio runs in: its own, in the user's cache, made once per version.

Label Studio brings some 160 packages (about 1 GB) whose versions are not ours, so it is never
installed beside the tool.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import LabelStudioError

VERSION = "1.23.2"
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ")
PIP_VARIABLES = ("PIP_", "SSL_", "REQUESTS_", "HTTP_", "HTTPS_", "NO_PROXY", "ALL_PROXY")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Environment:
    """Label Studio's own environment: a folder with `venv`, and a mark once it is whole."""

    folder: Path

    @classmethod
    def of_user(cls, variables: Mapping[str, str] = os.environ) -> "Environment":
        """The environment in the user's cache; PAIRWRIGHT_CACHE names another cache."""
        given = variables.get("PAIRWRIGHT_CACHE")
        cache = Path(given) if given else Path.home() / ".cache" / "pairwright"
        return cls(cache.absolute() / f"label-studio-{VERSION}")

    @property
    def python(self) -> Path:
        """The interpreter that has Label Studio."""
        return self.folder / "venv" / "bin" / "python"

    @property
    def migrated(self) -> Path:
        """An empty SQLite database with Label Studio's tables, which new workspaces copy."""
        return self.folder / "migrated.sqlite3"

    @property
    def is_ready(self) -> bool:
        """Whether Label Studio is installed and its empty database is made."""
        return self._mark.is_file() and self.python.exists() and self.migrated.is_file()

    @property
    def _mark(self) -> Path:
        return self.folder / "installed"

    def make(self, say: Say) -> None:
        """Install what is missing; nothing where all is there.

        `say` is told each step before it begins. Raises LabelStudioError with the reason and the
        log where a step fails; what it left behind is made anew by the next call.
        """
        if self.is_ready:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone(say):
            if not (self._mark.is_file() and self.python.exists()):
                self._install(say)
            if not self.migrated.is_file():
                self._migrate(say)

    @contextmanager
    def _alone(self, say: Say) -> Iterator[None]:
        """Wait until no other process makes the same environment."""
        with (self.folder / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("waiting for another process that installs Label Studio")
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _install(self, say: Say) -> None:
        say(f"installing Label Studio {VERSION} (once; about 1 GB, some minutes)")
        shutil.rmtree(self.folder / "venv", ignore_errors=True)
        self._run([sys.executable, "-m", "venv", str(self.folder / "venv")], "make a venv")
        pip = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check"]
        self._run([*pip, "--no-input", f"label-studio=={VERSION}"], "install Label Studio with pip")
        self._mark.write_text(VERSION, "utf-8")

    def _migrate(self, say: Say) -> None:
        """Make the empty database apart and put it in place whole."""
        say("making its empty database (once)")
        apart = self.folder / "migrating"
        shutil.rmtree(apart, ignore_errors=True)
        apart.mkdir()
        make = "import label_studio.server as s; s._setup_env(); s._apply_database_migrations()"
        variables = {"LABEL_STUDIO_BASE_DATA_DIR": str(apart), **QUIET}
        self._run([str(self.python), "-c", make], "make Label Studio's database", variables)
        (apart / "label_studio.sqlite3").replace(self.migrated)
        shutil.rmtree(apart)

    def _run(
        self, command: Sequence[str], what: str, variables: Mapping[str, str] | None = None
    ) -> None:
        log = self.folder / "install.log"
        with log.open("wb") as file:
            env = {**clean_variables(os.environ, PIP_VARIABLES), **(variables or {})}
            done = subprocess.run(  # noqa: S603 - our own interpreter and a pinned package
                command, env=env, stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False
            )
        if done.returncode:
            raise LabelStudioError(f"could not {what}: {last_line(log)}", f"the log is {log}")


QUIET = {
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
}
"""No telemetry and no look for a newer version."""


def clean_variables(variables: Mapping[str, str], beginnings: Sequence[str] = ()) -> dict[str, str]:
    """The variables a child process gets: keys and settings meant for others stay here."""
    return {
        name: value
        for name, value in variables.items()
        if name in KEPT_VARIABLES or name.upper().startswith(tuple(beginnings))
    }


def last_line(log: Path) -> str:
    """The last line of a log that says anything; pip's own begins with ERROR."""
    lines = [line.strip() for line in log.read_text("utf-8", errors="replace").splitlines()]
    said = [line for line in lines if line]
    errors = [line for line in said if line.startswith("ERROR")]
    return (errors or said or ["it said nothing"])[-1]
