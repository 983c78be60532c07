"""What all recipes share: the trainer's arguments, its log, checkpoints and going on.

A run is a folder: run.json (what was asked, and what came out), metrics.jsonl, tensorboard/,
checkpoints/, and model/ once it is done. A run that was cut off goes on from its last checkpoint
and ends with the weights that an unbroken one has; a run by other settings never goes on in it.
"""

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from align.folders import MODEL
from align.launch import expect_launch
from align.metrics import Metrics, board
from align.preference import PreferenceReport
from align.progress import Advance
from align.quieting import quiet
from align.rows import Rows
from align.settings import RecipeSettings, TrainSettings

CHECKPOINTS = "checkpoints"
PICKLED = "training_args.bin"
"""What transformers saves beside a model: a pickle with paths of this machine."""

PARTS_OF_RUN = 10
"""Checkpoints and evaluations of a run where the settings do not say."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run came to. `seconds` is of this process, `steps` those of the whole run.

    `loss` is the mean over the steps of this process, null where it took none. `held_out` is what
    the trainer measures on rows that it does not learn from, empty where there are none;
    `preferences` is how often the model prefers what raters preferred there, `before` and `after`.
    """

    steps: int
    loss: float | None
    seconds: float
    resumed_at: int
    held_out: dict[str, float]
    preferences: dict[str, PreferenceReport] = field(default_factory=dict)


def arguments(settings: RecipeSettings, folder: Path, rows: Rows) -> dict[str, Any]:
    """Keyword arguments of a transformers TrainingArguments, or a class below it.

    Saving and evaluating are each tenth of the run where the settings do not say. Raises as
    `expect_launch`.
    """
    import torch

    train = settings.train
    expect_launch(train)
    steps = steps_of(train, len(rows.train))
    tenth = max(1, math.ceil(steps / PARTS_OF_RUN))
    cuda = torch.cuda.is_available()
    return {
        "output_dir": str(folder / CHECKPOINTS),
        "num_train_epochs": train.epochs,
        "max_steps": train.max_steps or -1,
        "learning_rate": train.learning_rate,
        "lr_scheduler_type": _schedule(train),
        "warmup_steps": math.ceil(train.warmup * steps),
        "weight_decay": train.weight_decay,
        "max_grad_norm": train.max_grad_norm,
        "per_device_train_batch_size": train.batch_size,
        "per_device_eval_batch_size": train.batch_size,
        "gradient_accumulation_steps": train.accumulation,
        "gradient_checkpointing": train.gradient_checkpointing,
        "logging_strategy": "steps",
        "logging_steps": 1 if steps <= EVERY_STEP else 10,
        "save_strategy": "steps",
        "save_steps": train.save_steps or tenth,
        "save_total_limit": train.keep_checkpoints,
        "eval_strategy": "no" if rows.held_out is None else "steps",
        "eval_steps": train.evaluate_steps or tenth,
        "seed": train.seed,
        "dataloader_num_workers": train.workers,
        "dataloader_pin_memory": cuda,
        "bf16": cuda and torch.cuda.is_bf16_supported(),
        "use_cpu": not cuda and not torch.backends.mps.is_available(),
        "deepspeed": train.deepspeed,
        "fsdp": train.fsdp,
        "logging_nan_inf_filter": False,
        "report_to": "none",
        "disable_tqdm": True,
    }


EVERY_STEP = 1000
"""A run up to so many steps logs each."""


def steps_of(train: TrainSettings, rows: int, processes: int = 1) -> int:
    """The optimiser's steps of a run over `rows` rows."""
    if train.max_steps:
        return train.max_steps
    batches = math.ceil(rows / (train.batch_size * processes))
    return math.ceil(max(1, math.ceil(batches / train.accumulation)) * train.epochs)


def run(trainer: Any, folder: Path, advance: Advance) -> Trained:
    """Train, or go on where the folder's last checkpoint is, and save what came out in model/.

    Raises AlignError where the loss is no number.
    """
    from transformers.trainer_callback import PrinterCallback
    from transformers.trainer_utils import get_last_checkpoint

    last = None
    if (folder / CHECKPOINTS).is_dir():
        last = get_last_checkpoint(str(folder / CHECKPOINTS))
    start = 0 if last is None else int(last.rpartition("-")[2])
    trainer.remove_callback(PrinterCallback)
    trainer.add_callback(Metrics(folder, start, advance))
    trainer.add_callback(board(folder))
    with quiet():
        result = trainer.train(resume_from_checkpoint=last)
        held_out = _evaluated(trainer)
        save(trainer, folder / MODEL)
    return Trained(
        steps=trainer.state.global_step,
        loss=float(result.training_loss) if trainer.state.global_step > start else None,
        seconds=float(result.metrics["train_runtime"]),
        resumed_at=start,
        held_out={
            name.removeprefix("eval_"): value
            for name, value in held_out.items()
            if name not in TIMES and name.startswith("eval_")
        },
    )


def _evaluated(trainer: Any) -> dict[str, Any]:
    """What the trainer measures on held-out rows after its last step, where it has not by then."""
    if trainer.eval_dataset is None:
        return {}
    for logged in reversed(trainer.state.log_history):
        if "eval_loss" in logged and logged["step"] == trainer.state.global_step:
            return dict(logged)
    return dict(trainer.evaluate())


TIMES = {"eval_runtime", "eval_samples_per_second", "eval_steps_per_second", "eval_num_tokens"}


def save(trainer: Any, folder: Path) -> None:
    """The trained model with its processor, by all processes together (FSDP, ZeRO-3)."""
    trainer.save_model(str(folder))
    if trainer.is_world_process_zero():
        trainer.processing_class.save_pretrained(str(folder))
        (folder / PICKLED).unlink(missing_ok=True)


def _schedule(train: TrainSettings) -> str:
    if train.schedule == "constant" and train.warmup:
        return "constant_with_warmup"
    return train.schedule
