"""Starting Label Studio as a process that outlives the command which started it."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from annotate.label_studio.environment import Environment, last_line
from annotate.label_studio.process import ProcessId, identify
from schemas.errors import LabelStudioError


def spawn(
    environment: Environment, variables: Mapping[str, str], log: Path, *, host: str, port: int
) -> ProcessId:
    """The process, in a session of its own: the end of our terminal does not end it.

    What it says goes to `log`, whose folder it works in. Raises LabelStudioError where it ended at
    once.
    """
    command = [str(environment.python), "-m", "label_studio.server", "start", "--no-browser"]
    command += ["--internal-host", host, "--port", str(port)]
    with log.open("wb") as file:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter
            command,
            env=dict(variables),
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    process = identify(child.pid)
    child.returncode = 0  # nobody waits for it, and Python need not complain of that
    if process is None:
        raise LabelStudioError(f"Label Studio did not start: {last_line(log)}", f"the log is {log}")
    return process
