"""What a stage took, from looks at its processes."""

import sys
from pathlib import Path

import pytest

from benchmarks.scale.report import growth_table, stage_table
from benchmarks.scale.stages import Stage, Took
from benchmarks.scale.watching import Sample, scratch_bytes, watch

SAMPLES = [
    Sample(0.0, 0.0, 10_000_000, 0),
    Sample(1.0, 2.0, 50_000_000, 3_000_000),
    Sample(2.0, 3.0, 20_000_000, 9_000_000),
]


def test_step_takes_what_passed_between_its_moments() -> None:
    took = Took.between("build", "media", SAMPLES, 0.5, 1.5)
    assert (took.cpu, took.wall, took.memory) == (1.5, 1.0, 50)


def test_command_that_fails_is_no_measure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        watch([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def test_processes_below_a_command_are_counted(tmp_path: Path) -> None:
    # Long enough to be looked at several times: what is measured is what a process holds meanwhile.
    below = "import time; block = b'x' * 80_000_000; time.sleep(0.8)"
    above = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {below!r}])"
    found = watch([sys.executable, "-c", above], tmp_path)
    assert max(sample.memory for sample in found.samples) > 80_000_000


def test_what_is_moved_into_place_is_no_scratch(tmp_path: Path) -> None:
    staging = tmp_path / "pulls" / ".staging-1"
    (staging / "pull").mkdir(parents=True)
    (staging / "pull" / "prompts.parquet").write_bytes(b"x" * 8192)
    assert scratch_bytes(tmp_path) == 0
    (staging / "build.duckdb").write_bytes(b"x" * 8192)
    assert scratch_bytes(tmp_path) >= 8192


def test_tables_give_the_cost_of_a_prompt() -> None:
    whole = Took("pull", "", 2.0, 3.0, 400.0, 50.0)
    stage = Stage.of_json(Stage(whole, [whole], 7.0).as_json())
    assert "| **pull** | 2.0 | 200 | 3.0 | 400 | 50 | 7 |" in stage_table([stage], 10_000)
    assert "| 10,000 | 200 | 200 | 400 | 50 |" in growth_table({10_000: [stage]})
