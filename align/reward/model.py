"""A critique-based reward model: a model that writes, and a head that scores (MM-RLHF, 3).

The critique head is the model's own language head, so that it writes with `generate` as before.
"""

import inspect
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

import torch
from torch import Tensor, nn
from torch.nn import functional

from align.reward.head import RewardHead, last_positions
from schemas.errors import AlignError

IGNORED = -100


class Judgement(NamedTuple):
    """What one pass gives for n rows; a tuple, since the libraries that shard models look into it.

    `rewards` has shape (n,); `critique_loss` the mean negative log-likelihood of each row's
    critique tokens, shape (n,), 0 where it has none; None where no labels were given.
    """

    rewards: Tensor
    critique_loss: Tensor | None = None


class CritiqueRewardModel(nn.Module):
    """`backbone` is any image-text-to-text or causal model of transformers, or a peft model."""

    def __init__(self, backbone: Any, head: RewardHead) -> None:
        super().__init__()
        self.backbone = backbone
        self.score_head = head

    @classmethod
    def of(cls, backbone: Any, dropout: float = 0.0) -> "CritiqueRewardModel":
        """The model with a new scoring head, drawn by torch's seed.

        Raises AlignError for a model that has no hidden size or no language head.
        """
        width = getattr(backbone.config.get_text_config(), "hidden_size", None)
        if width is None or backbone.get_output_embeddings() is None:
            raise AlignError(
                f"{type(backbone).__name__} does not write text, so it writes no critiques",
                "name a causal or image-text-to-text model",
            )
        head = RewardHead(width, dropout)
        return cls(backbone, head.to(device=backbone.device, dtype=head_dtype(backbone.dtype)))

    @classmethod
    def from_pretrained(cls, folder: str | Path, dtype: str = "auto") -> Self:
        """The model that `save_pretrained` left, on the CPU; adapters are merged into their base.

        Raises AlignError where there is none.
        """
        from align.reward.saving import load_reward_model

        found = load_reward_model(Path(folder), dtype).model
        model = cls(found.backbone, found.score_head)
        model.eval()
        return model

    def save_pretrained(self, folder: str | Path) -> None:
        """Write the backbone as it saves itself, and the scoring head beside it (safetensors)."""
        from align.reward.saving import save_reward_model

        save_reward_model(self, Path(folder))

    @property
    def config(self) -> Any:
        """The backbone's, which trainers ask for."""
        return self.backbone.config

    @property
    def device(self) -> torch.device:
        """Where the scoring head is."""
        return self.score_head.out.weight.device

    def gradient_checkpointing_enable(self, *args: Any, **kwargs: Any) -> None:
        """As the backbone's."""
        self.backbone.gradient_checkpointing_enable(*args, **kwargs)

    def gradient_checkpointing_disable(self) -> None:
        """As the backbone's."""
        self.backbone.gradient_checkpointing_disable()

    def forward(self, labels: Tensor | None = None, **inputs: Any) -> Judgement:
        """Judge rows of tokens: `labels` has the critique's tokens, -100 elsewhere.

        The language head is run only where a critique's token is to be foretold. Raises ValueError
        where there is no `attention_mask`: the last word of a row could not be told from padding.
        """
        mask = inputs.get("attention_mask")
        if mask is None:
            raise ValueError("attention_mask is needed to find each row's last token")
        if labels is None:
            labels = torch.full_like(inputs["input_ids"], IGNORED)[:, :0]
        foretold = _foretold(labels, mask.shape[1])
        found = self.backbone(
            **self._placed(inputs),
            **({"logits_to_keep": foretold} if self._keeps_some else {}),
            output_hidden_states=True,
            use_cache=False,
        )
        hidden = found.hidden_states[-1]
        rows = torch.arange(len(hidden), device=hidden.device)
        rewards = self.score_head(hidden[rows, last_positions(mask)])
        if not labels.shape[1]:
            return Judgement(rewards)
        logits = found.logits if self._keeps_some else found.logits[:, foretold]
        return Judgement(rewards, row_losses(logits, labels[:, foretold + 1]))

    @cached_property
    def _forward(self) -> Mapping[str, inspect.Parameter]:
        backbone = self.backbone
        plain = backbone.get_base_model() if hasattr(backbone, "get_base_model") else backbone
        return inspect.signature(plain.forward).parameters

    @property
    def _keeps_some(self) -> bool:
        return "logits_to_keep" in self._forward

    def _placed(self, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """The inputs with each token's place among its row's own, so that padding moves nothing.

        Models that place pictures in two dimensions count for themselves (`get_rope_index`).
        """
        counts_itself = any(hasattr(module, "get_rope_index") for module in self.backbone.modules())
        if "position_ids" in inputs or "position_ids" not in self._forward or counts_itself:
            return inputs
        places = (inputs["attention_mask"].long().cumsum(dim=1) - 1).clamp(min=0)
        return {**inputs, "position_ids": places}


def head_dtype(dtype: torch.dtype) -> torch.dtype:
    """The head's beside a model of this one."""
    return torch.promote_types(dtype, torch.float32)


def row_losses(logits: Tensor, targets: Tensor) -> Tensor:
    """The mean cross-entropy of each row's targets, 0 for a row without any.

    Averaged by row, so that a long critique weighs as much as a short one. Shapes: (n, m, words)
    and (n, m), -100 where nothing is to be foretold.
    """
    exact = logits.to(head_dtype(logits.dtype)).transpose(1, 2)
    losses = functional.cross_entropy(exact, targets, ignore_index=IGNORED, reduction="none")
    counts = (targets != IGNORED).sum(dim=1)
    return losses.sum(dim=1) / counts.clamp(min=1)


def _foretold(labels: Tensor, length: int) -> Tensor:
    """The places before those at which any row has a label, and the last one where none has."""
    if labels.shape[1]:
        found = (labels[:, 1:] != IGNORED).any(dim=0).nonzero().squeeze(-1)
        if len(found):
            return found
    return torch.tensor([max(length - 2, 0)], device=labels.device)
