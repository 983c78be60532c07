"""What is known of a managed server while it runs, in a file beside its data."""

from pathlib import Path

from pydantic import ValidationError

from annotate.label_studio.health import near
from annotate.label_studio.process import ProcessId, is_running
from schemas.base import Record


class Running(Record):
    """A server that was started: its process and where it listens."""

    process: ProcessId
    host: str
    port: int
    version: str

    @property
    def url(self) -> str:
        """Where this machine reaches it."""
        return f"http://{near(self.host)}:{self.port}"


def read_running(path: Path) -> Running | None:
    """The server that the file names, if it runs; None where it was stopped or killed."""
    try:
        found = Running.model_validate_json(path.read_text("utf-8"))
    except (FileNotFoundError, ValidationError):
        return None
    return found if is_running(found.process) else None


def write_running(path: Path, running: Running) -> None:
    """Write the file whole."""
    staged = path.with_suffix(".staged")
    staged.write_text(running.model_dump_json() + "\n", "utf-8")
    staged.replace(path)
