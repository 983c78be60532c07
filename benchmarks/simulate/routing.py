"""People's votes where they are worth most, against twice as many on any prompts.

A judge rates every prompt. People vote on a drawn half of the prompts in one workspace, and in the
other on the quarter that `curate route --next` picks; both are built, and pairs held to the truth.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq

from annotate.quality.bootstrap import figure
from benchmarks.simulate.outcome import Outcome
from benchmarks.simulate.raters import careful, qualities
from benchmarks.simulate.workspace import ANSWERS, Sheet, answer_id, prompt_id, write
from benchmarks.votes import AT
from curate.build import build
from curate.routing.routes import Options, route
from curate.workspace import Workspace

PROMPTS, UNIFORM, PICKED = 800, 400, 200
JUDGE, PERSON = 1.2, 0.4
"""The noise of a judge and of a person, in points of a metric."""

SETTINGS = ("pairs.policy=best-vs-rest", "pairs.min_margin=0")
ROUTING = ("judge.model=simulated", "route.overlap_share=0", "route.overlap_min=0")


def outcomes() -> Iterator[Outcome]:
    """Pair accuracy with a picked quarter less that with a uniform half; at least 0."""
    rng = np.random.default_rng(23)
    truth = qualities(rng, PROMPTS, ANSWERS)
    judged = [_sheet(rng, truth, number, "judge") for number in range(PROMPTS)]
    asked = [_sheet(rng, truth, number, "human") for number in range(PROMPTS)]
    with TemporaryDirectory() as folder:
        picked = _picked(Path(folder) / "routed", judged)
        drawn = set(rng.permutation(PROMPTS)[:UNIFORM].tolist())
        ours, theirs = (
            _pairs(Path(folder) / name, truth, [*judged, *(asked[it] for it in sorted(chosen))])
            for name, chosen in (("picked", picked), ("drawn", drawn))
        )
    better = figure(_mean, np.column_stack([ours - theirs, np.ones(PROMPTS)]), PROMPTS)
    name = (
        f"accuracy of pairs with the best answer, {PICKED} prompts picked less {UNIFORM} drawn "
        f"({ours.mean():.3f} against {theirs.mean():.3f})"
    )
    yield Outcome(name, better.value or 0.0, better.low, better.high, 0.0)


def _mean(total: np.ndarray) -> np.ndarray:
    return np.asarray(total[:, 0] / total[:, 1])


def _pairs(folder: Path, truth: np.ndarray, sheets: list[Sheet]) -> np.ndarray:
    """The share of each prompt's best answer's pairs that is right; one not given is one half."""
    made = write(folder, len(truth), sheets)
    report = build(Workspace.open(made.root, SETTINGS), now=AT)
    pairs = pq.read_table(report.folder / "pairs.parquet", columns=["chosen_id", "rejected_id"])
    places = {
        answer_id(prompt, place): (prompt, place)
        for prompt in range(len(truth))
        for place in range(ANSWERS)
    }
    found = np.full(len(truth), 0.5)
    for row in pairs.to_pylist():
        (prompt, chosen), (_, rejected) = (places[row[side]] for side in pairs.column_names)
        right = truth[prompt, chosen] > truth[prompt, rejected]
        found[prompt] += (1 if right else -1) / (2 * (ANSWERS - 1))
    return found


def _sheet(rng: np.random.Generator, truth: np.ndarray, number: int, kind: str) -> Sheet:
    quality = dict(enumerate(truth[number].tolist()))
    noise = JUDGE if kind == "judge" else PERSON
    return Sheet(number, kind, careful(rng, quality, noise), kind=kind)


def _picked(folder: Path, judged: list[Sheet]) -> set[int]:
    """The prompts that routing sends to people when it may pick so many."""
    made = write(folder, PROMPTS, judged)
    workspace = Workspace.open(made.root, ROUTING)
    route(workspace, Options(next=PICKED))
    routes = workspace.frame("routes")
    chosen = set(routes[routes["rule"] == "next"]["prompt_id"])
    return {number for number in range(PROMPTS) if prompt_id(number) in chosen}
