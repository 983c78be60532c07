"""Trains the critique-based reward model: transformers' own Trainer with the loss of both heads."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from align.rates import OwnRates, apart, projector_of
from align.resuming import NoStepMore
from align.reward.collator import ABOUT_PAIRS
from align.reward.loss import LossWeights, pair_losses
from align.reward.saving import load_weights, save_reward_model


class RewardTrainer(NoStepMore, OwnRates):
    """Trainer for batches of PairCollator. `args` must keep all columns of the rows.

    Logs, beside the loss: `pair_accuracy` of pairs that are no ties, `reward_margin`,
    `reward_mean` and `critique_loss`, each the mean since they were last logged; those of an
    evaluation begin with `eval_`.
    """

    loss_is_scaled_for_ga = True

    def __init__(self, *args: Any, weights: LossWeights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weights = weights
        self.label_names: list[str] = []
        self._seen: dict[str, list[Tensor]] = defaultdict(list)

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, Any],
        return_outputs: bool = False,  # noqa: FBT001, FBT002 - the parent's
        num_items_in_batch: Any = None,
    ) -> Any:
        """The mean loss of the batch's pairs, or their share of an accumulated step's."""
        about = {name: inputs[name] for name in ABOUT_PAIRS}
        found = model(**{name: it for name, it in inputs.items() if name not in about})
        chosen, rejected = found.rewards.chunk(2)
        critique = found.critique_loss.to(chosen.dtype).view(2, -1).sum(dim=0)
        margin = about["margin"].to(chosen.dtype)
        losses = pair_losses(chosen, rejected, critique, about["is_tie"], margin, self.weights)
        self._note(model, chosen.detach(), rejected.detach(), critique.detach(), inputs)
        loss = losses.mean()
        if num_items_in_batch is not None:
            loss = losses.sum() * self.accelerator.num_processes / num_items_in_batch
        return (loss, found) if return_outputs else loss

    def create_optimizer(self, *args: Any, **more: Any) -> Any:
        """The trainer's own, with the projector's rate where it has one."""
        rate, self.projector_rate = self.projector_rate, None
        fresh = self.optimizer is None
        optimizer = super().create_optimizer(*args, **more)
        self.projector_rate = rate
        if fresh and rate is not None:
            apart(optimizer, projector_of(self.model.backbone), rate)
        return optimizer

    def prediction_step(
        self,
        model: Any,
        inputs: Mapping[str, Any],
        prediction_loss_only: bool,  # noqa: FBT001 - the parent's
        ignore_keys: list[str] | None = None,
    ) -> tuple[Tensor, None, None]:
        """The mean loss of a batch of held-out pairs."""
        with torch.no_grad():
            loss = self.compute_loss(model, dict(self._prepare_inputs(inputs)))
        return loss.detach(), None, None

    def log(self, logs: dict[str, float], *args: Any, **kwargs: Any) -> None:
        """As the parent, with the means of what was seen since."""
        prefix = "eval_" if any(name.startswith("eval_") for name in logs) else ""
        if "loss" in logs or prefix:
            for name in [name for name in self._seen if name.startswith("eval_") == bool(prefix)]:
                sums = torch.stack(self._seen.pop(name)).sum(dim=0)
                total, count = self.accelerator.reduce(sums, reduction="sum").tolist()
                if count:
                    logs[name] = total / count
        super().log(logs, *args, **kwargs)

    def _note(
        self, model: Any, chosen: Tensor, rejected: Tensor, critique: Tensor, inputs: Any
    ) -> None:
        """Sums and counts of a batch, for the next log."""
        prefix = "" if model.training else "eval_"
        pairs = ~inputs["is_tie"]
        apart = chosen - rejected
        said = _with_critique(inputs["labels"])
        values = {
            "pair_accuracy": (apart > 0, pairs),
            "reward_margin": (apart, pairs),
            "reward_mean": ((chosen + rejected) / 2, torch.ones_like(pairs)),
            "critique_loss": (critique, said),
        }
        for name, (value, counts) in values.items():
            # Kept where it is: a number asked for here would hold the accelerator up each time.
            self._seen[prefix + name].append(torch.stack([(value * counts).sum(), counts.sum()]))

    def _get_num_items_in_batch(self, batch_samples: list[Any], device: torch.device) -> Any:
        """The pairs of all batches of a step, on all processes."""
        count = torch.tensor(sum(len(it["is_tie"]) for it in batch_samples), device=device)
        if self.args.world_size > 1:
            count = self.accelerator.gather(count).sum()
        return count

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        """Save a reward model's folder (align.reward.saving), and what reads for it."""
        if not self.args.should_save:
            return
        folder = Path(output_dir or self.args.output_dir)
        model = self.accelerator.unwrap_model(self.model, keep_torch_compile=False)
        save_reward_model(model, folder, state_dict)
        if self.processing_class is not None:
            self.processing_class.save_pretrained(folder)

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        """Take the weights of a checkpoint, to go on from it."""
        if self.is_fsdp_enabled:
            super()._load_from_checkpoint(resume_from_checkpoint, model)
            return
        load_weights(self.model if model is None else model, Path(resume_from_checkpoint))


def _with_critique(labels: Tensor) -> Tensor:
    """Which of n pairs have a critique on either side; labels have 2 n rows."""
    return (labels >= 0).any(dim=1).view(2, -1).any(dim=0)
