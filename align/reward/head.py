"""The scoring head of MM-RLHF's reward model (released code, `RewardHead`)."""

import torch
from torch import Tensor, nn


class RewardHead(nn.Module):
    """dropout, Linear(d, d), tanh, dropout, Linear(d, 1): one reward for each hidden state.

    The head stays in float32 (float64 beside such a model): in bfloat16 two rewards near 10 that
    differ by less than 0.06 are equal.
    """

    def __init__(self, width: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.width, self.dropout = width, dropout
        self.drop = nn.Dropout(dropout)
        self.dense = nn.Linear(width, width)
        self.out = nn.Linear(width, 1)
        nn.init.normal_(self.out.weight, std=(width + 1) ** -0.5)
        nn.init.zeros_(self.out.bias)

    def forward(self, hidden: Tensor) -> Tensor:
        """Rewards of shape (n,) for hidden states of shape (n, d)."""
        with torch.autocast(hidden.device.type, enabled=False):
            state = self.drop(hidden.to(self.dense.weight.dtype))
            state = self.drop(torch.tanh(self.dense(state)))
            return self.out(state).squeeze(-1)


def last_positions(mask: Tensor) -> Tensor:
    """The last position that is no padding in each row of a mask of shape (n, length)."""
    places = torch.arange(mask.shape[1], device=mask.device)
    return torch.where(mask.bool(), places, 0).amax(dim=1)
