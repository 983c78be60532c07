"""The align stage: a recipe run from an export to a model that was held against unseen rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from align.estimate import Estimate, estimate
from align.lengths import within
from align.loading import Loaded, load, load_shape
from align.progress import Advance
from align.quieting import quiet
from align.rows import Rows, load_rows
from align.scaling import NEAR, Betas, betas_of
from align.settings import ModelSettings
from align.training import Trained
from curate.aligning.asked import Asked
from curate.aligning.processes import is_main_process, main_first
from curate.aligning.record import begin, expect_ours, finish
from schemas.errors import AlignError

Work = tuple[Rows, Mapping[str, Any]]
"""The rows of a run, and its result as the record has it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run that is done: its record, and whether it had been done before."""

    record: Mapping[str, Any]
    unchanged: bool


def train(asked: Asked, advance: Advance, warn: Callable[[str], None]) -> Outcome:
    """Run the recipe, or go on where it was cut off; a run that is done is left as it is.

    `warn` gets what a user should know before the steps.

    Raises AlignError for rows and a model that do not go together, and another run's folder.
    """

    def work() -> Work:
        rows = load_rows(asked.data, asked.kind.format)
        loaded = load(asked.model, dtype_of(asked.settings.model))
        rows = fitting(rows, loaded, asked)
        if is_main_process():
            begin(asked, rows)
            for line in notes(asked, rows):
                warn(line)
        trained = asked.kind.code().train(loaded, rows, asked.settings, asked.folder, advance)
        return rows, _result(trained)

    return once(asked, work)


def once(asked: Asked, work: Callable[[], Work]) -> Outcome:
    """Do a run's work and record what it came to, unless it is done. Raises as `expect_ours`."""
    with main_first():
        record = expect_ours(asked)
    if record is not None and record.get("state") == "done":
        return Outcome(record, unchanged=True)
    with quiet():
        rows, result = work()
    with main_first():
        if is_main_process():
            finish(asked, rows, result)
        record = expect_ours(asked)
    return Outcome(record or {}, unchanged=False)


def plan(asked: Asked) -> tuple[Rows, Estimate]:
    """The rows of a run, and what it would take. No weight is loaded and nothing written."""
    with quiet():
        rows = load_rows(asked.data, asked.kind.format)
        loaded = load_shape(asked.model, dtype_of(asked.settings.model))
        rows = fitting(rows, loaded, asked)
        found = estimate(
            loaded,
            rows.train,
            asked.settings,
            sequences=asked.kind.sequences,
            reference=asked.kind.reference,
        )
    return rows, found


Within = Callable[[Any, Loaded, int], tuple[Any, int]]
"""The rows of at most so many tokens, and how many others there are."""


def fitting(rows: Rows, loaded: Loaded, asked: Asked, within: Within = within) -> Rows:
    """The rows that the model can take: not those over max_length, which are counted.

    `within` is the recipe's own count. Raises AlignError where the model reads texts only and rows
    show pictures, or none is left.
    """
    if rows.shows_pictures and not loaded.sees:
        raise AlignError(
            f"{asked.named}: reads texts only, and rows of {rows.folder} show pictures",
            "name a vision-language model, or build with [pairs.mix] text_share = 1",
        )
    most = asked.settings.train.max_length
    if most is None:
        return rows
    train, over = within(rows.train, loaded, most)
    held_out, unseen = (None, 0) if rows.held_out is None else within(rows.held_out, loaded, most)
    if not len(train):
        raise AlignError(
            f"{rows.folder}: every row has more than {most:,} tokens", "raise train.max_length"
        )
    left_out = {"over_length": over + unseen} if over + unseen else {}
    return replace(rows, train=train, held_out=held_out or None, left_out=left_out)


def notes(asked: Asked, rows: Rows) -> list[str]:
    """What a user should know before the steps: settings that do nothing on these rows."""
    loss = asked.settings.model_dump()["loss"]
    if asked.recipe != "dpo" or not loss["w"] or "delta" not in rows.train.column_names:
        return []
    if any(delta is not None for delta in rows.train["delta"]):
        found = betas(asked, rows)
        return [_saturated(found, loss)] if found is not None and found.saturated else []
    said = f"no pair has a delta, so beta is {loss['beta']} for all (w = {loss['w']} does nothing)"
    return [f"{said}; [score] calibrate = true or a reward model's scores give them one"]


def betas(asked: Asked, rows: Rows) -> Betas | None:
    """The betas that a run of MM-DPO gives its rows; None where all have the same."""
    if asked.recipe != "dpo" or "delta" not in rows.train.column_names:
        return None
    loss = asked.settings.model_dump()["loss"]
    return betas_of(rows.train["delta"], beta=loss["beta"], w=loss["w"], k=loss["k"])


def _saturated(found: Betas, loss: Mapping[str, float]) -> str:
    return (
        f"{found.near:.0%} of the rows have a beta beyond {NEAR:.0%} of the way to its bound "
        f"{found.bound:.4g}, so that deltas hardly tell pairs apart (k = {loss['k']:.3g}); with "
        f"--set loss.k={found.k:.2g} the middle delta is half of the way"
    )


def dtype_of(settings: ModelSettings) -> str:
    """The type of the weights in memory: `auto` by what learns, and where."""
    import torch

    if settings.dtype != "auto":
        return settings.dtype
    halves = torch.cuda.is_available() and torch.cuda.is_bf16_supported()
    return "bfloat16" if settings.lora_rank and halves else "float32"


def _result(trained: Trained) -> dict[str, Any]:
    return {
        "steps": trained.steps,
        "loss": trained.loss,
        "seconds": round(trained.seconds, 1),
        "resumed_at": trained.resumed_at,
        "held_out": trained.held_out,
        "preferences": {
            when: report.model_dump(mode="json") for when, report in trained.preferences.items()
        },
    }
