"""A workspace that goes the whole way on the sample, and what must be true of it whatever happened.

A stage is a command in a process of its own. Where it fails it says so in one line; run again, all
stages leave what they leave where nothing ever happened.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from annotate import journal
from curate.demo import DEDUPE, JUDGE, LICENCE, RECORDED
from curate.init import create

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(str(resources.files("curate") / "sample"))
STAGES: Sequence[Sequence[str]] = (
    ("pull", str(SAMPLE / "sample.jsonl"), "--licence", LICENCE),
    ("judge",),
    ("build",),
    ("export", "--format", "trl"),
)
LATER = STAGES[1:]
EXITS = {0, 1, 3, 130}
HALVES = (".staging-*", ".*.part", ".*.old", "*.tmp")
LONGEST_S = 300
COLUMNS = ("pair_id", "prompt_id", "split", "chosen_id", "rejected_id", "margin", "level", "chosen")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it said."""

    command: Sequence[str]
    code: int
    out: str
    err: str


def fresh(root: Path) -> Path:
    """An empty workspace whose judge has its replies in a file."""
    create(root, overrides=(*JUDGE, *DEDUPE))
    shutil.copy(SAMPLE / RECORDED, root / RECORDED)
    return root


def start(
    root: Path, stage: Sequence[str], environment: Mapping[str, str] | None = None
) -> "subprocess.Popen[str]":
    """A stage as a process."""
    return subprocess.Popen(
        [sys.executable, "-m", "curate", *stage, "-C", str(root)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: "subprocess.Popen[str]") -> Ran:
    """How it ended. Raises subprocess.TimeoutExpired where it does not."""
    out, err = process.communicate(timeout=LONGEST_S)
    return Ran(list(map(str, process.args)), process.returncode, out, err)  # type: ignore[arg-type]


def let_run(process: "subprocess.Popen[str]", seconds: float) -> None:
    """Let it run for so long, or to its end where that comes first."""
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=seconds)


def run(root: Path, stage: Sequence[str], environment: Mapping[str, str] | None = None) -> Ran:
    """A stage to its end, which must be one of ours."""
    return checked(ended(start(root, stage, environment)))


def checked(ran: Ran) -> Ran:
    """A command that ended as ours do: a known code, one line of an error, no traceback."""
    assert ran.code in EXITS, ran
    assert "Traceback" not in ran.err, ran
    errors = [line for line in ran.err.splitlines() if line.startswith("error:")]
    assert len(errors) == (ran.code in {1, 3}), ran
    return ran


def finish(root: Path, stages: Sequence[Sequence[str]] = STAGES) -> None:
    """All stages to a good end."""
    for stage in stages:
        ran = run(root, stage)
        assert ran.code == 0, ran


def facts(root: Path) -> Mapping[str, Any]:
    """What a workspace holds, but for times and ids that follow from them."""
    build = root / "builds" / "latest"
    rows = {name: pq.read_table(build / f"{name}.parquet") for name in ("pairs", "ties", "dropped")}
    exported = sorted((root / "exports" / build.resolve().name[:12]).rglob("*.parquet"))
    return {
        **{name: rows[name].select(COLUMNS).to_pylist() for name in ("pairs", "ties")},
        "dropped": Counter(rows["dropped"]["reason"].to_pylist()),
        "votes": _votes(root),
        "media": sorted(path.name for path in root.glob("media/*/*")),
        "exported": [(path.name, pq.read_metadata(path).num_rows) for path in exported],
    }


def halves(root: Path) -> list[str]:
    """What lies about that no stage should leave behind."""
    found = [path for pattern in HALVES for path in root.rglob(pattern)]
    return [str(path.relative_to(root)) for path in found]


def _votes(root: Path) -> Counter[tuple[str, ...]]:
    """How often each judgement and each vote of a source is in the journals."""
    journals = sorted(root.glob("annotations/*.jsonl"))
    return Counter(
        (str(event.rater), event.prompt_id, event.request_hash or event.event_id)
        for path in journals
        for event in journal.read(path)
    )
