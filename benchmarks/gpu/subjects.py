"""The four that are measured, each a run of its own process: NAME and settings as JSON.

`trl` and `mm-dpo` train on one `trl` export with the same arguments; `bare` and `reward` on one
`critique-reward` export with the same batches.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from align.loading import Loaded
from align.parts import freeze, lora_of
from align.rows import Rows
from align.settings import (
    DPOLoss,
    DPOSettings,
    ModelSettings,
    RecipeSettings,
    RewardSettings,
    TrainSettings,
)
from benchmarks.gpu import rows, shapes, watch
from benchmarks.gpu.watch import Watch

PAD_ROWS = 2
"""Batches beyond the steps, so that no loader runs dry."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How big: a shape, LoRA's rank (0 trains all), rows a step on this device, and steps."""

    shape: str
    lora_rank: int
    batch_size: int
    accumulation: int
    steps: int
    workers: int
    seed: int = 0


def trl(setting: Setting, folder: Path) -> Watch:
    """TRL's own DPO trainer."""
    from trl import DPOConfig, DPOTrainer

    from align.training import arguments

    settings, loaded, seen = _dpo(setting, folder)
    lora = lora_of(loaded.model, settings.model)
    reference = None if lora else _frozen_copy(loaded.model)
    freeze(loaded.model, settings.model)
    given = arguments(settings, folder, seen)
    trainer = DPOTrainer(
        model=loaded.model,
        ref_model=reference,
        args=DPOConfig(**given, beta=settings.loss.beta, max_length=None),
        train_dataset=seen.train,
        processing_class=loaded.processor,
        peft_config=lora,
    )
    return _run(trainer)


def mm_dpo(setting: Setting, folder: Path) -> Watch:
    """Ours, with beta by delta and the chosen answer's NLL."""
    from align.dpo import make_trainer

    settings, loaded, seen = _dpo(setting, folder)
    return _run(make_trainer(loaded, seen, settings, folder))


def bare(setting: Setting, folder: Path) -> Watch:
    """A loop of forward, backward, clipping and step over the same batches, and no more."""
    import torch

    from align.reward.collator import ABOUT_PAIRS
    from align.reward.loss import pair_losses
    from align.reward.training import make_trainer, weights_of

    settings, loaded, seen = _reward(setting, folder)
    trainer = make_trainer(loaded, seen, settings, folder)
    trainer.create_optimizer()
    model = trainer.model.train()
    if settings.train.gradient_checkpointing:
        model.gradient_checkpointing_enable({"use_reentrant": False})
    weights, found = weights_of(settings.loss), Watch()

    def step(batches: Iterable[Any]) -> None:
        for inputs in batches:
            found.read(inputs)
            about = {name: inputs.pop(name) for name in ABOUT_PAIRS}
            with trainer.accelerator.autocast():
                judged = model(**inputs)
                chosen, rejected = judged.rewards.chunk(2)
                critique = judged.critique_loss.to(chosen.dtype).view(2, -1).sum(dim=0)
                margin = about["margin"].to(chosen.dtype)
                losses = pair_losses(chosen, rejected, critique, about["is_tie"], margin, weights)
            (losses.mean() / setting.accumulation).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings.train.max_grad_norm)
        trainer.optimizer.step()
        trainer.optimizer.zero_grad()

    _loop(iter(trainer.get_train_dataloader()), step, setting, found)
    return found


def reward(setting: Setting, folder: Path) -> Watch:
    """Our reward trainer."""
    from align.reward.training import make_trainer

    settings, loaded, seen = _reward(setting, folder)
    return _run(make_trainer(loaded, seen, settings, folder))


SUBJECTS: dict[str, Callable[[Setting, Path], Watch]] = {
    "trl": trl,
    "mm-dpo": mm_dpo,
    "bare": bare,
    "reward": reward,
}


def main(name: str, setting: Setting) -> None:
    """Print the cost of one run as JSON."""
    with tempfile.TemporaryDirectory() as folder, watch.utilisation() as seen:
        cost = SUBJECTS[name](setting, Path(folder)).cost(None)
    busy = sum(seen) / len(seen) / 100 if seen else None
    print(json.dumps({**asdict(cost), "busy": busy}))


def _dpo(setting: Setting, folder: Path) -> tuple[DPOSettings, Loaded, Rows]:
    settings = DPOSettings(**_shared(setting), loss=DPOLoss(beta=0.1, w=0.5, k=0.5, gamma=0.25))
    return settings, _loaded(setting, settings), _rows("trl", setting, folder)


def _reward(setting: Setting, folder: Path) -> tuple[RewardSettings, Loaded, Rows]:
    settings = RewardSettings(**_shared(setting))
    return settings, _loaded(setting, settings), _rows("critique-reward", setting, folder)


def _shared(setting: Setting) -> dict[str, Any]:
    return {
        "model": ModelSettings(lora_rank=setting.lora_rank, lora_alpha=2 * setting.lora_rank or 16),
        "train": TrainSettings(
            max_steps=setting.steps,
            batch_size=setting.batch_size,
            accumulation=setting.accumulation,
            workers=setting.workers,
            seed=setting.seed,
        ),
    }


def _loaded(setting: Setting, settings: RecipeSettings) -> Loaded:
    import torch

    shape = shapes.SHAPES[setting.shape]
    reader = shapes.processor(shape)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype = "bfloat16" if settings.model.lora_rank and device == "cuda" else "float32"
    return Loaded(shapes.model(shape, reader, dtype=dtype, device=device), reader, sees=True)


def _rows(name: str, setting: Setting, folder: Path) -> Rows:
    count = setting.batch_size * setting.accumulation * (setting.steps + PAD_ROWS)
    return rows.exported(name, count, folder, small=setting.shape == "tiny")


def _frozen_copy(model: Any) -> Any:
    import copy

    return copy.deepcopy(model).requires_grad_(False)


def _run(trainer: Any) -> Watch:
    from transformers.trainer_callback import PrinterCallback

    from align.quieting import quiet

    trainer.args.save_strategy = "no"
    trainer.remove_callback(PrinterCallback)
    found = watch.watched(trainer)
    with quiet():
        trainer.train()
    return found


def _loop(batches: Any, step: Any, setting: Setting, found: Watch) -> None:
    for _ in range(setting.steps):
        with found.waiting():
            rows = [next(batches) for _ in range(setting.accumulation)]
        step(rows)
        found.step()


if __name__ == "__main__":
    main(sys.argv[1], Setting(**json.loads(sys.argv[2])))
