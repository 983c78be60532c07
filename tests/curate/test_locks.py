"""A lock keeps a second process out, names the first, and dies with its holder."""

import subprocess
import sys
from pathlib import Path

import pytest

from curate.locks import held
from schemas.errors import WorkspaceError

HOLDER = """
import sys, time
from pathlib import Path
from curate.locks import held
with held(Path(sys.argv[1]), "a build"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_is_free_again_after_the_block(tmp_path: Path) -> None:
    for _ in range(2):
        with held(tmp_path / "new" / ".lock", "a build"):
            assert (tmp_path / "new" / ".lock").is_file()


def test_a_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), held(tmp_path / ".lock", "a build"):
        raise ZeroDivisionError
    with held(tmp_path / ".lock", "a build"):
        pass


def test_a_second_process_is_told_who_holds_it_and_a_kill_frees_it(
    tmp_path: Path, repo_root: Path
) -> None:
    path = tmp_path / ".lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], cwd=repo_root, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(WorkspaceError, match=f"a build is already running.*{holder.pid}"),
            held(path, "a build"),
        ):
            pytest.fail("the lock was given twice")
        holder.kill()
    with held(path, "a build"):
        pass
