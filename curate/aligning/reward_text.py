"""What people and programs read of a reward model's run."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.reward.modes import Mode
from curate.aligning.asked import Asked
from curate.aligning.chance import chance_warning
from curate.console import Console
from curate.hints import command
from schemas.counted import counted

if TYPE_CHECKING:  # what trains takes seconds to load
    from curate.aligning.stage import Outcome

MODES = {"critique": "its own critiques", "given": "the raters' critiques", "none": "none"}

SCORED_IN: Sequence[Mode] = ("critique", "none")
"""How answers of a build are scored."""

GIVEN = (
    "Where the raters' critiques are read, what people wrote of the answers is in the input: that "
    "row measures them as much as the model."
)


def show_reward(console: Console, asked: Asked, outcome: "Outcome", workspace: Path) -> None:
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
    if any(part["accuracy"].get("given", {}).get("pairs") for part in parts):
        console.say(GIVEN)
    for mode in SCORED_IN:
        for line in chance_warning(result, mode):
            console.warn(line)
    where = "model" if asked.folds == 1 else "fold-*/model"
    told = command("curate", "align", "score", asked.folder, workspace=workspace)
    console.say(f"In {asked.folder / where}. Score answers with: {told}")
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
