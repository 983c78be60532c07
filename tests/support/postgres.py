"""A throwaway PostgreSQL on loopback: a cluster in a folder of its own, deleted afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

INSTALLED = Path("/usr/lib/postgresql")
SYSTEM_USER = "postgres"
USER = "curate"
NEW = ("-U", USER, "-A", "trust", "-E", "UTF8")


@dataclass(frozen=True, slots=True)
class Postgres:
    """A cluster that runs; whoever reaches the port is let in."""

    port: int
    programs: Path

    def database(self, name: str) -> str:
        """The address of a new and empty database."""
        at = ("-h", "127.0.0.1", "-p", str(self.port), "-U", USER)
        _run(str(self.programs / "createdb"), *at, name)
        return f"postgresql://{USER}:any@127.0.0.1:{self.port}/{name}"


def programs() -> Path | None:
    """The folder of the newest installed PostgreSQL's programs; None where there is none."""
    found = [path for path in INSTALLED.glob("*/bin") if (path / "initdb").is_file()]
    return max(found, key=lambda path: int(path.parent.name), default=None)


@contextmanager
def postgres(folder: Path | None = None) -> Iterator[Postgres]:
    """A cluster that runs; `programs()` must have found one. `folder` is where it is made."""
    found = programs()
    if found is None:
        raise RuntimeError(f"no PostgreSQL below {INSTALLED}: apt-get install postgresql")
    cluster = Path(tempfile.mkdtemp(prefix="curate-postgres-", dir=folder))
    if _other_user():
        shutil.chown(cluster, SYSTEM_USER, SYSTEM_USER)
    data, port = str(cluster / "data"), _free_port()
    control = str(found / "pg_ctl")
    settings = f"-c listen_addresses=127.0.0.1 -p {port} -k {cluster} -c max_connections=200"
    log = str(cluster / "log")
    try:
        _run(*_as_owner(), str(found / "initdb"), "-D", data, *NEW)
        _run(*_as_owner(), control, "-D", data, "-l", log, "-w", "-o", settings, "start")
        try:
            yield Postgres(port, found)
        finally:
            _run(*_as_owner(), control, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(cluster, ignore_errors=True)


def _other_user() -> bool:
    """PostgreSQL refuses to run as root, so root runs it as the system's user for it."""
    return os.geteuid() == 0 and any(it.pw_name == SYSTEM_USER for it in pwd.getpwall())


def _as_owner() -> Sequence[str]:
    return ("runuser", "-u", SYSTEM_USER, "--") if _other_user() else ()


def _run(*command: str) -> None:
    """Run to its end in a folder that everybody may be in; what it says is in the error."""
    done = subprocess.run(
        command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[-1]}: {done.stderr.strip()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
