"""kill -9 at five seeded moments of one run; `make chaos` takes fifty."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_a_run_that_is_killed_and_resumed_loses_nothing_and_repeats_only_what_was_in_flight(
    repo_root: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.judge_kills", "7", "5"],
        cwd=repo_root,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "each once" in done.stdout
