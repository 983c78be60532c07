"""A rate of its own for the projector, as mllm-dpo's scripts give it (2e-5 beside 5e-5)."""

from collections.abc import Sequence
from typing import Any

from transformers import Trainer

from align.parts import part_of


class OwnRates(Trainer):
    """A trainer whose projector learns at a rate of its own (`projector_rate`, None for one)."""

    projector_rate: float | None = None

    def create_optimizer(self, *args: Any, **more: Any) -> Any:
        """The trainer's own optimiser, with the projector's parameters in groups of their own."""
        fresh = self.optimizer is None
        self.optimizer: Any = super().create_optimizer(*args, **more)
        if fresh and self.projector_rate is not None:
            apart(self.optimizer, projector_of(self.model), self.projector_rate)
        return self.optimizer


def projector_of(model: Any) -> list[Any]:
    """The parameters that learn between vision tower and language model, under LoRA too."""
    base = model.get_base_model() if hasattr(model, "get_base_model") else model
    parts = part_of(base)
    return [
        parameter
        for name, parameter in base.named_parameters()
        if parts[name] == "projector" and parameter.requires_grad
    ]


def apart(optimizer: Any, parameters: Sequence[Any], rate: float) -> None:
    """Move parameters of an optimiser that has not stepped into groups with their own rate."""
    moved = {id(parameter) for parameter in parameters}
    for group in list(optimizer.param_groups):
        taken = [one for one in group["params"] if id(one) in moved]
        group["params"] = [one for one in group["params"] if id(one) not in moved]
        if taken:
            rest = {name: value for name, value in group.items() if name != "params"}
            optimizer.add_param_group({**rest, "params": taken, "lr": rate})
    optimizer.param_groups = [group for group in optimizer.param_groups if group["params"]]
