"""Rows of the `critique-reward` export as a batch: all chosen answers, then all rejected ones."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from align.reward.encoding import Encoder
from align.reward.exchange import exchanges_of

ABOUT_PAIRS = ("is_tie", "margin")
"""What a batch holds of its pairs beside the model's inputs."""


class PairCollator:
    """A batch of n pairs as 2 n rows of inputs, with `is_tie` and `margin` of shape (n,)."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def __call__(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Tensor]:
        """The batch; a margin that is null is 0."""
        pairs = [exchanges_of(row) for row in rows]
        answers = [pair[side] for side in (0, 1) for pair in pairs]
        batch = self.encoder.batch(answers, [answer.critique for answer in answers])
        batch["is_tie"] = torch.tensor([bool(row["is_tie"]) for row in rows])
        margins = [row.get("margin") for row in rows]
        batch["margin"] = torch.tensor([0.0 if it is None else float(it) for it in margins])
        return batch
