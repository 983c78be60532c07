"""One DPO run from the policy, on an export, by the trainer of `curate align dpo`."""

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers.trainer_callback import PrinterCallback

from align import dpo, loading
from align.quieting import quiet
from align.scaling import scaled_beta
from align.settings import DPOLoss, DPOSettings, ModelSettings, TrainSettings
from benchmarks.align import pairs
from benchmarks.align.exported import exported
from benchmarks.align.held_out import HeldOut, accuracy
from benchmarks.align.pairs import Pair
from benchmarks.align.run import Found, Run

NOISE = 0.8
"""Standard deviation of a reward model's error, in logits: as much as a unit of worth."""

HELD_OUT = 1_000
BETA, EPOCHS, LEARNING_RATE, BATCH = 0.1, 2, 5e-4, 32


def training_rows(run: Run) -> list[Pair]:
    """The run's pairs with its labels and deltas."""
    rows = pairs.pairs(run.pairs, f"train {run.seed}")
    rows = pairs.scored(rows, NOISE if run.deltas == "noisy" else 0.0, run.seed)
    if run.labels == "flipped":
        rows = pairs.flipped(rows, run.share, run.seed)
    elif run.labels == "rated":
        rows = pairs.rated(rows, run.seed)
    return pairs.shuffled(rows, run.seed) if run.control == "shuffled" else rows


def settings_of(run: Run, rows: Sequence[Pair]) -> DPOSettings:
    """The settings of `curate align dpo`."""
    betas = [scaled_beta(row.delta, beta=BETA, w=run.w, k=run.k) for row in rows]
    matched = run.control == "matched"
    return DPOSettings(
        model=ModelSettings(freeze_vision=True, dtype="float32"),
        train=TrainSettings(
            epochs=EPOCHS,
            learning_rate=LEARNING_RATE,
            batch_size=BATCH,
            accumulation=1,
            gradient_checkpointing=False,
            seed=run.seed,
        ),
        loss=DPOLoss(
            beta=statistics.fmean(betas) if matched else BETA,
            w=0.0 if matched else run.w,
            k=run.k,
            gamma=0.0,
        ),
    )


def do(run: Run, policy: Path) -> Found:
    """Train and measure."""
    rows = training_rows(run)
    loaded = loading.load(str(policy), "float32")
    with tempfile.TemporaryDirectory() as folder, quiet():
        seen = exported(rows, Path(folder))
        trainer = dpo.make_trainer(loaded, seen, settings_of(run, rows), Path(folder))
        trainer.args.save_strategy = "no"
        trainer.remove_callback(PrinterCallback)
        seconds = float(trainer.train().metrics["train_runtime"])
    betas = [entry["beta"] for entry in trainer.state.log_history if "beta" in entry]
    return Found(
        **measured(trainer.model, trainer.ref_model, loaded.processor, run.seed),
        beta=statistics.fmean(betas),
        wrong=statistics.fmean(row.difference < 0 for row in rows),
        seconds=seconds,
    )


def measured(model: Any, before: Any, processor: Any, seed: int) -> dict[str, float]:
    """The shares of held-out pairs, whose labels are right."""
    held = _held_out(processor)
    order = torch.randperm(HELD_OUT, generator=torch.Generator().manual_seed(seed))
    lead = held.lead(model)
    return {
        "accuracy": accuracy(lead - held.lead(before)),
        "likelier": accuracy(lead),
        "answers": held.right_answers(model),
        "shuffled": accuracy(held.lead(model, order) - held.lead(before, order)),
    }


KEPT: list[HeldOut] = []


def _held_out(processor: Any) -> HeldOut:
    """The same pairs for all runs of a process, made once."""
    if not KEPT:
        KEPT.append(HeldOut.of(processor, pairs.pairs(HELD_OUT, "held out")))
    return KEPT[0]
