"""Workspaces to select from, and what was selected by the prompt's text."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from curate.console import no_bar
from curate.selecting.report import SelectReport
from curate.selecting.stage import Order, select
from curate.workspace import Workspace
from schemas.candidate import Prompt
from tests.support.workspaces import Bench

LONG = "x" * 200
OPTIONS = "Which is it? A. red B. blue"


def typed(bench: Bench, **counts: int) -> None:
    """So many prompts of each task type; what they say is all different."""
    for kind, count in counts.items():
        for number in range(count):
            text = f"{kind} {number}" if kind != "mcq" else f"{kind} {number} {OPTIONS}"
            answers = {"long": [LONG], "unknown": []}.get(kind, ["Yes."])
            bench.prompt(text, *answers)
            if kind in ("safety", "video"):
                attributed(bench, text, task_type=kind)


def attributed(bench: Bench, text: str, **attributes: str) -> None:
    """Give a prompt attributes; its id stays."""
    found = bench.prompts[text].model_dump()
    found["attributes"] = {**found["attributes"], **attributes}
    bench.prompts[text] = Prompt.model_validate(found)


def quiet(_label: str, _total: int) -> "nullcontext[Any]":
    """No bar."""
    return nullcontext(no_bar)


def chosen(bench: Bench, count: int, **order: Any) -> SelectReport:
    """The report of a selection from all that the bench holds."""
    return select(bench.write(), Order(count, **order), quiet)


def rows(root: Path) -> list[dict[str, Any]]:
    """The rows of selected.parquet."""
    return list(pq.read_table(root / "selected.parquet").to_pylist())


def taken(bench: Bench) -> dict[str, dict[str, Any]]:
    """Every row of selected.parquet, by the prompt's text."""
    texts = {found.prompt_id: text for text, found in bench.prompts.items()}
    return {texts[row["prompt_id"]]: row for row in rows(bench.root)}


def saved(path: Path, bench: Bench, vectors: Sequence[Sequence[float]]) -> str:
    """An .npz file with these vectors for the bench's prompts in the order they were made."""
    ids = [prompt.prompt_id for prompt in bench.prompts.values()][: len(vectors)]
    np.savez(path, prompt_id=np.array(ids), embedding=np.array(vectors, np.float32))
    return str(path)


def counts(report: SelectReport) -> dict[str, tuple[int, int, int]]:
    """(there, wanted, taken) of every task type."""
    return {it.task_type: (it.there, it.wanted, it.taken) for it in report.types}


def workspace_of(bench: Bench) -> Workspace:
    """The bench's workspace as it is on the disk."""
    return Workspace.open(bench.root)


def blobs(count: int, groups: int, dimensions: int, seed: int = 0) -> tuple[Any, list[int]]:
    """Vectors of length 1 around so many directions, and which one each is near."""
    random = np.random.default_rng(seed)
    middles = random.normal(size=(groups, dimensions))
    owners = [number % groups for number in range(count)]
    drawn = middles[owners] + 0.05 * random.normal(size=(count, dimensions))
    units = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return units.astype(np.float32), owners
