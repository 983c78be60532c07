"""The stages of one run, and what each took, as a whole and by step."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np

from benchmarks.scale.curate_steps import START, TABLES
from benchmarks.scale.watching import Sample, Watched, disk_bytes, watch

MEGA = 1e6
NAMES = {
    "pull": {START: "reading rows and pictures", TABLES: "merging and writing"},
    "build": {START: "reading inputs", TABLES: "sealing journals"},
}
"""What a stage does before its first step that has a name."""


@dataclass(frozen=True, slots=True)
class Took:
    """CPU and wall in seconds, the peaks of memory and temporary disk in MB."""

    stage: str
    step: str
    cpu: float
    wall: float
    memory: float
    disk: float

    @classmethod
    def between(
        cls, stage: str, step: str, samples: Sequence[Sample], start: float, end: float
    ) -> Self:
        """What passed between two moments."""
        times = [sample.at for sample in samples]
        spent = np.interp((start, end), times, [sample.cpu for sample in samples])
        first, last = np.searchsorted(times, (start, end))
        within = samples[max(first - 1, 0) : last + 1]
        memory = max(sample.memory for sample in within) / MEGA
        disk = max(sample.disk for sample in within) / MEGA
        return cls(stage, step, float(spent[1] - spent[0]), end - start, memory, disk)


@dataclass(frozen=True, slots=True)
class Stage:
    """One command: what it took, its steps, and the MB that the workspace has afterwards."""

    whole: Took
    steps: Sequence[Took]
    stays: float

    def as_json(self) -> dict[str, object]:
        """The stage as JSON holds it."""
        return asdict(self)

    @classmethod
    def of_json(cls, given: dict[str, object]) -> Self:
        """A stage that was kept."""
        made = json.loads(json.dumps(given))
        steps = [Took(**step) for step in made["steps"]]
        return cls(Took(**made["whole"]), steps, made["stays"])


def run(stage: str, arguments: Sequence[str], workspace: Path) -> Stage:
    """Run one command of curate on a workspace."""
    marks = workspace.with_name(f"{workspace.name}-marks.json")
    command = [sys.executable, "-m", "benchmarks.scale.curate_steps", str(marks), stage]
    watched = watch([*command, *arguments, "-C", str(workspace)], workspace)
    noted = [(float(at), str(label)) for at, label in json.loads(marks.read_text("utf-8"))]
    marks.unlink()
    steps = list(_steps(stage, noted, watched.samples))
    return Stage(_whole(stage, watched), steps, disk_bytes(workspace) / MEGA)


def _whole(stage: str, watched: Watched) -> Took:
    memory = max(sample.memory for sample in watched.samples) / MEGA
    disk = max(sample.disk for sample in watched.samples) / MEGA
    return Took(stage, "", watched.cpu, watched.wall, memory, disk)


def _steps(
    stage: str, marks: Sequence[tuple[float, str]], samples: Sequence[Sample]
) -> Iterator[Took]:
    if len(marks) == 1:
        return
    for (start, label), (end, _next) in pairwise([*marks, (samples[-1].at, "")]):
        name = NAMES.get(stage, {}).get(label, label)
        yield Took.between(stage, name, samples, start, max(start, end))
