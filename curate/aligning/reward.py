"""`curate align reward`: a reward model, or one a fold, held against rows it did not learn from.

A run of several folds is a folder with one folder a fold, fold-0 to fold-<K-1>: each is a run of
its own, so that what was cut off goes on with the fold it was in.
"""

from collections.abc import Callable, Mapping
from typing import Any

from align.estimate import Estimate, estimate
from align.loading import Loaded, load, load_shape
from align.progress import Advance
from align.quieting import quiet
from align.reward.folds import rows_of_fold
from align.reward.lengths import Lengths, within
from align.rows import Rows, load_rows
from align.settings import RewardSettings
from curate.aligning.asked import Asked
from curate.aligning.folding import fold_run
from curate.aligning.processes import is_main_process, main_first
from curate.aligning.record import begin
from curate.aligning.stage import Outcome, Work, dtype_of, fitting, once

UNTOLD = "no row was held out: build with [split] test above 0 to know what was learned"


def train(asked: Asked, advance: Advance, warn: Callable[[str], None]) -> Outcome:
    """Train the model, or those of all folds, or go on where that was cut off.

    Raises AlignError for rows and a model that do not go together, and another run's folder.
    """

    def work() -> Work:
        loaded = load_shape(asked.model, dtype_of(asked.settings.model))
        rows = _rows(asked, loaded)
        if is_main_process():
            begin(asked, rows)
            if rows.held_out is None and asked.folds == 1:
                warn(UNTOLD)
        if asked.folds == 1:
            return rows, _one(asked, rows, rows.held_out, advance)
        return rows, {"folds": [_fold(asked, rows, it, advance) for it in range(asked.folds)]}

    return once(asked, work)


def plan(asked: Asked) -> tuple[Rows, Estimate]:
    """The rows of a run, and what it would take. No weight is loaded and nothing written."""
    from align.reward.encoding import Encoder, stops_of

    with quiet():
        loaded = load_shape(asked.model, dtype_of(asked.settings.model))
        rows = _rows(asked, loaded)
        if asked.folds > 1:
            for fold in range(asked.folds):
                rows_of_fold(rows, fold, asked.folds)
        learned = rows if asked.folds == 1 else rows_of_fold(rows, 0, asked.folds)[0]
        found = estimate(
            loaded,
            learned.train,
            asked.settings,
            sequences=asked.kind.sequences,
            reference=asked.kind.reference,
            lengths=Lengths(Encoder(loaded.processor, stops_of(loaded.model))),
        )
    return rows, found


def _rows(asked: Asked, loaded: Loaded) -> Rows:
    return fitting(load_rows(asked.data, asked.kind.format), loaded, asked, within)


def _fold(asked: Asked, rows: Rows, fold: int, advance: Advance) -> Mapping[str, Any]:
    """Train a fold's model, unless that is done; what it came to."""
    run = fold_run(asked, fold)

    def work() -> Work:
        learned, kept_from = rows_of_fold(rows, fold, asked.folds)
        if is_main_process():
            begin(run, learned)
        told = _of_fold(advance, fold, asked.folds)
        return learned, _one(run, learned, _joined(kept_from, rows.held_out), told)

    return dict(once(run, work).record["result"])


def _of_fold(advance: Advance, fold: int, folds: int) -> Advance:
    """The bar, with the fold before what it says."""

    def told(count: int, label: str | None = None, total: int | None = None, /) -> None:
        advance(count, label and f"fold {fold} of {folds}: {label}", total)

    return told


def _one(asked: Asked, rows: Rows, unseen: Any | None, advance: Advance) -> dict[str, Any]:
    """Train one model and measure it on `unseen`; what it came to."""
    from align.reward.training import held_out

    loaded = load(asked.model, dtype_of(asked.settings.model))
    trained = asked.kind.code().train(loaded, rows, asked.settings, asked.folder, advance)
    del loaded
    accuracy = {}
    with main_first():  # the others wait with the next steps, which they take together
        if unseen is not None and len(unseen) and is_main_process():
            found = held_out(asked.folder, unseen, reward_settings(asked), advance)
            accuracy = {mode: it.model_dump(mode="json") for mode, it in found.items()}
    return {
        "fold": asked.fold,
        "rows": len(rows.train),
        "steps": trained.steps,
        "loss": trained.loss,
        "seconds": round(trained.seconds, 1),
        "resumed_at": trained.resumed_at,
        "held_out": trained.held_out,
        "accuracy": accuracy,
    }


def reward_settings(asked: Asked) -> RewardSettings:
    """The settings, which are a reward model's."""
    return RewardSettings.model_validate(asked.settings.model_dump())


def _joined(kept_from: Any, held_out: Any | None) -> Any:
    from datasets import concatenate_datasets

    return kept_from if held_out is None else concatenate_datasets([kept_from, held_out])
