"""How a command ends whose run was stopped: after its summary."""

from curate.console import Console
from schemas.errors import PairwrightError


def code_of(console: Console, stopped: PairwrightError | None) -> int:
    """The exit code; what stopped the run is said on one line."""
    if stopped is None:
        return 0
    console.fail(" ".join(str(stopped).split()))
    return stopped.exit_code
