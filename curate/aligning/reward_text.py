"""What people and programs read of a reward model's run."""

from collections.abc import Iterator, Mapping
from typing import Any

from curate.aligning.asked import Asked
from curate.aligning.stage import Outcome
from curate.console import Console
from schemas.counted import counted

MODES = {"critique": "its own critiques", "given": "the raters' critiques", "none": "none"}


def show_reward(console: Console, asked: Asked, outcome: Outcome) -> None:
    """Say what a run came to, fold by fold, and how often it prefers what raters preferred."""
    record, result = outcome.record, outcome.record["result"]
    parts = result.get("folds", [result])
    steps = sum(part["steps"] for part in parts)
    what = "Done before" if outcome.unchanged else "Trained"
    models = "one reward model" if asked.folds == 1 else f"{asked.folds} reward models, one a fold"
    console.say(
        f"{what}: {models} of {record['model']}, {counted(steps, 'step')} on "
        f"{counted(record['rows'], 'row')}, "
        f"{sum(part['seconds'] for part in parts):,.0f} s."
    )
    for reason, count in record["left_out"].items():
        console.warn(f"{counted(count, 'row was', 'rows were')} left out: {reason}")
    console.table(
        "Accuracy on rows that were not learned from",
        ("model", "critiques", "pairs", "ACC", "95 % interval", "prompts", "ACC+", "ties", "apart"),
        [line for part in parts for line in _accuracies(part)],
    )
    where = "model" if asked.folds == 1 else "fold-*/model"
    console.say(f"In {asked.folder / where}. Score answers with: curate align score {asked.folder}")
    console.result({**record, "path": str(asked.folder), "unchanged": outcome.unchanged})


def _accuracies(part: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    name = "" if part["fold"] is None else f"fold {part['fold']}"
    for mode, found in part["accuracy"].items():
        measured = found["reward"]
        acc, whole = measured["acc_by_prompt"], measured["acc_plus"]
        yield (
            name,
            MODES[mode],
            found["pairs"],
            _share(acc["value"]),
            "" if acc["low"] is None else f"{acc['low']:.3f} to {acc['high']:.3f}",
            found["prompts"],
            _share(whole["value"]),
            found["ties"],
            _share(found["tie_difference"]),
        )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
