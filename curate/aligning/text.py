"""What people and programs read of a run, before and after it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from align.estimate import Estimate, gigabytes
from align.rows import Rows
from curate.aligning.asked import Asked
from curate.aligning.stage import Outcome, betas, notes
from curate.console import Console
from schemas.counted import counted

PARTS = ("vision", "projector", "language", "head")


def show_plan(console: Console, asked: Asked, rows: Rows, found: Estimate) -> None:
    """Say what a run would take, part by part."""
    settings = asked.settings
    console.say(
        f"{asked.recipe} of {asked.named} on {asked.data}: {counted(len(rows.train), 'row')}, "
        f"{held_out_of(rows):,} held out; {counted(found.steps, 'step')} of "
        f"{counted(settings.train.batch_size * settings.train.accumulation, 'row')}."
    )
    whole = sum(found.parameters.values())
    parts = [(part, found.parameters.get(part, 0)) for part in PARTS]
    console.table("Parameters", ("part", "parameters"), [*parts, ("all", whole)])
    console.say(f"{found.learning:,} of them or beside them learn.")
    console.say(
        f"Tokens of a sequence: {found.tokens_median:,} in the middle, {found.tokens_most:,} at "
        "most of those looked at."
    )
    bytes_of = {
        "weights": found.weights,
        "reference": found.reference,
        "gradients": found.gradients,
        "optimizer": found.optimizer,
        "activations (estimate)": found.activations,
        "in all": found.memory,
    }
    sizes = [(name, gigabytes(size)) for name, size in bytes_of.items()]
    console.table("Memory of one process", ("what", "size"), sizes)
    scaled = betas(asked, rows)
    if scaled is not None:
        console.say(
            f"Beta by Dynamic Reward Scaling: mean {scaled.mean:.4f}, standard deviation "
            f"{scaled.deviation:.4f}, {scaled.least:.4f} to {scaled.most:.4f} (bound "
            f"{scaled.bound:.4f})."
        )
    _warn(console, asked, rows)
    console.say(f"Nothing was trained. A run would be in {asked.folder}.")
    console.result(
        {
            "recipe": asked.recipe,
            "run_id": asked.run_id,
            "path": str(asked.folder),
            "rows": len(rows.train),
            "held_out": held_out_of(rows),
            "left_out": rows.left_out,
            "steps": found.steps,
            "parameters": found.parameters,
            "learning": found.learning,
            "tokens": {"median": found.tokens_median, "most": found.tokens_most},
            "bytes": bytes_of,
            "beta": None if scaled is None else asdict(scaled),
            "settings": settings.model_dump(mode="json"),
        }
    )


def show_run(console: Console, asked: Asked, outcome: Outcome) -> None:
    """Say what a run came to."""
    record, result = outcome.record, outcome.record["result"]
    what = "Done before" if outcome.unchanged else "Trained"
    loss = "" if result["loss"] is None else f", mean loss {result['loss']:.4f}"
    console.say(
        f"{what}: {asked.recipe} of {record['model']}, "
        f"{counted(result['steps'], 'step')} on {counted(record['rows'], 'row')}"
        f"{_resumed(result)}{loss}, {result['seconds']:,.0f} s."
    )
    for reason, count in record["left_out"].items():
        console.warn(f"{counted(count, 'row was', 'rows were')} left out: {reason}")
    if result["preferences"]:
        console.table(
            f"Preferences on {counted(record['held_out'], 'held-out pair')}",
            ("measure", "before", "after", "95 % interval"),
            _preferences(result["preferences"]),
        )
    elif result["held_out"]:
        console.say(
            f"On {record['held_out']:,} held-out rows: loss {result['held_out']['loss']:.4f}."
        )
    if not record["held_out"]:
        console.warn(
            "no row was held out: build with [split] test above 0 to know what was learned"
        )
    console.say(f"The model is in {asked.folder / 'model'}.")
    console.result({**record, "path": str(asked.folder), "unchanged": outcome.unchanged})


def _resumed(result: Mapping[str, Any]) -> str:
    return f" (went on at step {result['resumed_at']:,})" if result["resumed_at"] else ""


def _preferences(found: Mapping[str, Any]) -> list[tuple[object, ...]]:
    """ACC by each measure; a reference against itself prefers nothing, so nothing stands there."""
    rows: list[tuple[object, ...]] = []
    for measure, title in MEASURES.items():
        before, after = found["before"][measure], found["after"][measure]
        if after is None:
            continue
        first = "" if measure == "implicit_reward" else f"{before['acc']['value']:.3f}"
        share = after["acc_by_prompt"]
        rows.append((title, first, f"{after['acc']['value']:.3f}", _interval(share)))
    return rows


MEASURES = {
    "implicit_reward": "chosen has the higher implicit reward",
    "log_probability": "chosen is the likelier answer",
}


def _interval(share: Mapping[str, Any]) -> str:
    return f"{share['low']:.3f} to {share['high']:.3f}"


def held_out_of(rows: Rows) -> int:
    """How many rows no step learns from."""
    return 0 if rows.held_out is None else len(rows.held_out)


def _warn(console: Console, asked: Asked, rows: Rows) -> None:
    for reason, count in rows.left_out.items():
        console.warn(f"{counted(count, 'row')} would be left out: {reason}")
    for line in notes(asked, rows):
        console.warn(line)
