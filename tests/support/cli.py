"""`curate` as a user meets it: in this process with its output caught, or as its own process."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curate.cli import main
from tests.support.chromium import aside

ROOT = Path(__file__).resolve().parents[2]
START = "import sys; from curate.cli import main; main(sys.argv[1:])"


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on stdout; fails where there is anything else."""
        assert self.out.endswith("\n")
        assert len(self.out.splitlines()) == 1
        return json.loads(self.out)


def curate(*arguments: str | Path) -> Ran:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with redirect_stdout(out), redirect_stderr(err), aside():
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())


def start(
    *arguments: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.Popen[str]:
    """Start a command as its own process, which Ctrl-C can reach however this one was started."""
    return subprocess.Popen(
        [sys.executable, "-c", START, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stdout=stdout,
        stderr=stderr,
        text=True,
        preexec_fn=_default_sigint,  # noqa: PLW1509 - these tests start no threads
    )


def process(*arguments: str | Path, **options: Any) -> Ran:
    """Run a command as its own process to its end."""
    with start(*arguments, **options) as running:
        out, err = running.communicate(timeout=60)
    return Ran(running.returncode, out, err)


def _default_sigint() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
