"""MM-DPO: TRL's DPO trainer with a beta for each pair, by its reward margin (MM-RLHF, 4.2).

loss = -log sigmoid(beta(delta) z) + gamma NLL(chosen), the mean over the rows of a batch, where z
is the difference of both answers' log-ratios to the reference, and NLL the mean over the tokens of
the chosen answer: of each row, not of the batch, or long answers would speak for the others.

No term of TRL's loss is written again. All of them use `self.beta` element by element, so it is
lent a tensor for the length of one call; the chosen answer's log-probabilities are those that the
call itself makes. A beta out of implicit rewards is not offered: the paper found that it fails.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from trl import DPOConfig, DPOTrainer

from align.assembly import parts_of_trainer
from align.loading import Loaded
from align.preference import PreferenceReport, preference_accuracy
from align.progress import Advance, unseen
from align.rates import OwnRates
from align.resuming import ExactResume
from align.rows import Rows
from align.scaling import scaled_beta
from align.settings import DPOSettings
from align.training import Trained, arguments, run

DELTA = "delta"


def train(
    loaded: Loaded, rows: Rows, settings: DPOSettings, folder: Path, advance: Advance
) -> Trained:
    """Align a model on a `trl` export's training rows, in a run's folder.

    The reference is the model as it is given. In a run of one process the held-out pairs are
    judged by the model before and after. Raises AlignError where the loss is no number.
    """
    trainer = make_trainer(loaded, rows, settings, folder)
    if rows.held_out is None or trainer.args.world_size > 1:
        return run(trainer, folder, advance)
    advance(0, "scoring held-out pairs, before", len(rows.held_out))
    before = judged(trainer, rows.held_out, advance)
    trained = run(trainer, folder, advance)
    advance(0, "scoring held-out pairs, after", len(rows.held_out))
    after = judged(trainer, rows.held_out, advance)
    return replace(trained, preferences={"before": before, "after": after})


def judged(trainer: "MMDPOTrainer", pairs: Any, advance: Advance = unseen) -> PreferenceReport:
    """How often the trainer's model prefers the chosen answers, with its reference beside it."""
    model = trainer.accelerator.unwrap_model(trainer.model)
    return preference_accuracy(
        model,
        model if trainer.ref_model is None else trainer.ref_model,
        trainer.processing_class,
        pairs,
        batch_size=trainer.args.per_device_eval_batch_size,
        advance=advance,
    )


def make_trainer(loaded: Loaded, rows: Rows, settings: DPOSettings, folder: Path) -> "MMDPOTrainer":
    """The trainer of a run, before its first step."""
    loss = settings.loss
    trainer = MMDPOTrainer(
        **parts_of_trainer(loaded, rows, settings.model, reference=True),
        args=DPOConfig(
            **arguments(settings, folder, rows),
            beta=loss.beta,
            max_length=None,
        ),
        w=loss.w,
        k=loss.k,
        gamma=loss.gamma,
    )
    trainer.projector_rate = settings.train.projector_learning_rate
    return trainer


class MMDPOTrainer(ExactResume, OwnRates, DPOTrainer):
    """DPO with beta0 = args.beta, scaled by `w` and `k`, plus `gamma` times the chosen's NLL.

    Rows are as for TRL, with `delta` beside them: a reward difference in logits, null where none
    is known. With w = 0 and gamma = 0 it is TRL's own trainer to the last bit.
    """

    def __init__(
        self, *args: Any, w: float = 0.0, k: float = 0.5, gamma: float = 0.0, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.w, self.k, self.gamma = w, k, gamma
        self.data_collator: Any = WithDelta(self.data_collator)

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, Any],
        return_outputs: bool = False,  # noqa: FBT001, FBT002 - the parent's signature
        num_items_in_batch: Any = None,
    ) -> Any:
        """The batch's loss, as above."""
        deltas = inputs.pop(DELTA)
        betas = self.betas(deltas)
        plain, self.beta = self.beta, betas
        kept = Kept(model)
        try:
            found = super().compute_loss(kept, inputs, return_outputs, num_items_in_batch)
        finally:
            self.beta = plain
        self._metrics["train" if self.model.training else "eval"]["beta"].append(
            self.accelerator.gather(betas).mean().item()
        )
        if not self.gamma:
            return found
        term = self.gamma * self._nll(kept.log_probs, inputs["completion_mask"])
        return (found[0] + term, found[1]) if return_outputs else found + term

    def betas(self, deltas: Sequence[float | None]) -> torch.Tensor:
        """The beta of each row, float32, on the device of the run."""
        scaled = [scaled_beta(delta, beta=self.beta, w=self.w, k=self.k) for delta in deltas]
        return torch.tensor(scaled, dtype=torch.float32, device=self.accelerator.device)

    def _nll(self, log_probs: torch.Tensor, completion_mask: torch.Tensor) -> torch.Tensor:
        """The mean over rows of the chosen answer's mean NLL a token; a row's own, in the batch."""
        chosen = completion_mask[: len(completion_mask) // 2, 1:]
        tokens = log_probs[: len(chosen), -chosen.size(1) :]
        rows = -(tokens * chosen).sum(dim=1) / chosen.sum(dim=1).clamp(min=1)
        term = rows.mean()
        mode = "train" if self.model.training else "eval"
        self._metrics[mode]["nll"].append(self.accelerator.gather(rows.detach()).mean().item())
        return term

    def _set_signature_columns_if_needed(self) -> None:
        super()._set_signature_columns_if_needed()
        if DELTA not in self._signature_columns:
            self._signature_columns = [*self._signature_columns, DELTA]


class WithDelta:
    """TRL's collator, with each row's delta beside the batch as a list (null where unknown)."""

    def __init__(self, collator: Callable[[list[dict[str, Any]]], Any]) -> None:
        self.collator = collator

    def __call__(self, examples: Sequence[Mapping[str, Any]]) -> Any:
        """The batch of TRL, and the deltas."""
        rows = [dict(example) for example in examples]  # TRL's collator writes into its rows
        deltas = [row.pop(DELTA, None) for row in rows]
        batch = self.collator(rows)
        batch[DELTA] = deltas
        return batch


class Kept:
    """A model for one call, whose log-probabilities are kept as well."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.log_probs: Any = None

    def __call__(self, *args: Any, **given: Any) -> Any:
        """The model's outputs."""
        outputs = self.model(*args, **given)
        self.log_probs = getattr(outputs, "log_probs", None)
        return outputs
