"""A full disk: one line, the last build in its place, and a whole one once there is room."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import curate

LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2);"
    "from curate.cli import main; main(sys.argv[2:])"
)
"""`curate` in a process that may write no file larger than so many bytes."""


def limited(size: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LIMITED, str(size), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("size", [4_096, 65_536, 300_000, 600_000, 2_000_000])
def test_a_full_disk_leaves_the_last_build(demo_copy: Path, size: int) -> None:
    builds = demo_copy / "builds"
    latest, before = (builds / "latest").resolve(), sorted(path.name for path in builds.iterdir())
    done = limited(size, "build", "-C", demo_copy, "--set", "pairs.policy=all-ranked")
    assert done.returncode == 1
    assert "no room left to write; free some" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (builds / "latest").resolve() == latest
    assert sorted(path.name for path in builds.iterdir()) == before
    again = curate("build", "-C", demo_copy, "--set", "pairs.policy=all-ranked")
    assert again.code == 0, again.err
    assert (builds / "latest").resolve() != latest


def test_looks_that_were_half_written_are_made_anew(demo_copy: Path) -> None:
    looks = sorted((demo_copy / ".cache").glob("looks-*/*.parquet"))
    assert looks
    looks[0].write_bytes(b"")
    done = curate("build", "-C", demo_copy, "--force")
    assert done.code == 0, done.err


@pytest.mark.parametrize("table", ["prompts", "candidates"])
def test_a_pull_that_was_half_copied_stops_the_build(demo_copy: Path, table: str) -> None:
    (path,) = demo_copy.glob(f"pulls/*/{table}.parquet")
    path.write_bytes(path.read_bytes()[:1_000])
    latest = (demo_copy / "builds" / "latest").resolve()
    done = curate("build", "-C", demo_copy, "--force")
    assert done.code == 1
    assert str(path) in done.err
    assert (demo_copy / "builds" / "latest").resolve() == latest
    shutil.rmtree(demo_copy)
