"""The papers' benchmarks of a run by lmms-eval: called, and its results laid beside the run."""

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from align.evaluation.benchmarks import KNOWN, Paper, default_tasks
from align.evaluation.families import checked_type
from align.evaluation.lmms import (
    FORK,
    INSTALL,
    HandOver,
    expect_installed,
    hand_over,
    installed,
)
from align.evaluation.lmms import run as call
from align.evaluation.lmms_results import LmmsReport, as_text, read_results
from align.folders import model_folder, model_name
from align.loading import ADAPTER, base_of, load_config
from align.merging import merge, merged_folder
from curate.console import Console
from curate.generating.asked import folder_beside
from curate.plain import json_text

EVALUATION, RESULTS, TABLE = "evaluation", "lmms", "lmms"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asked for."""

    model: str
    tasks: Sequence[str]
    paper: Paper | None
    out: Path | None
    python: str | None
    processes: int
    batch_size: int
    limit: int | None


def evaluate(
    wanted: Wanted, console: Console, *, run: bool, dry_run: bool
) -> tuple[LmmsReport, list[str]] | None:
    """The table of results with the files it was written to; None for a dry run.

    Raises MissingExtraError without lmms-eval, AlignError for a model that it may not be given.
    """
    out = _folder(wanted)
    if run:
        python = wanted.python or sys.executable
        package = installed(python)
        if not dry_run:
            expect_installed(package)
        made = _hand_over(wanted, out / RESULTS, python, package, dry_run=dry_run)
        _say(console, made, package)
        if dry_run:
            _result(console, made, package)
            return None
        call(made)
    report = read_results(out / RESULTS, model_name(wanted.model))
    files = [out / f"{TABLE}.json", out / f"{TABLE}.txt"]
    texts = [json_text(report.model_dump(mode="json")) + "\n", as_text(report)]
    for path, text in zip(files, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return report, [str(path) for path in files]


def _folder(wanted: Wanted) -> Path:
    if wanted.out is not None:
        return wanted.out
    return folder_beside(wanted.model) / EVALUATION


def _hand_over(
    wanted: Wanted, results: Path, python: str, package: Path | None, *, dry_run: bool
) -> HandOver:
    model, model_type = _checkpoint(wanted.model, dry_run=dry_run)
    return hand_over(
        model,
        model_type,
        wanted.tasks or default_tasks(wanted.paper),
        results,
        python=python,
        package=package,
        processes=wanted.processes,
        batch_size=wanted.batch_size,
        limit=wanted.limit,
    )


def _checkpoint(name: str, *, dry_run: bool) -> tuple[str, str]:
    """The folder or Hub id that lmms-eval loads, and its type; an adapter is merged."""
    if not Path(name).is_dir():
        return name, str(load_config(name).model_type)
    folder = model_folder(name)
    if not (folder / ADAPTER).is_file():
        return str(folder), checked_type(folder)
    if dry_run:
        return str(merged_folder(name)), str(load_config(base_of(str(folder))).model_type)
    whole = merge(name)
    return str(whole), checked_type(whole)


def _say(console: Console, made: HandOver, package: Path | None) -> None:
    console.say(shlex.join(made.arguments))
    fork = [task for task in made.not_there if task in KNOWN and KNOWN[task].fork]
    others = [task for task in made.not_there if task not in fork]
    if fork:
        console.warn(f"only MM-RLHF's own fork has {', '.join(fork)}: pip install {FORK}")
    if others:
        console.warn(f"this lmms-eval has no {', '.join(others)}")
    if made.judged:
        console.warn(f"a judge of OpenAI's is asked, and paid, for {', '.join(made.judged)}")
    if package is None:
        console.warn(f"lmms-eval is not installed; {INSTALL}")


def _result(console: Console, made: HandOver, package: Path | None) -> None:
    console.result(
        {
            "command": list(made.arguments),
            "tasks": list(made.tasks),
            "not_there": list(made.not_there),
            "judged": made.judged,
            "installed": package is not None,
        }
    )
