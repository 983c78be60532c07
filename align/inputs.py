"""Tensors of a batch as a model takes them."""

from collections.abc import Mapping
from typing import Any


def on_model(model: Any, batch: Mapping[str, Any]) -> dict[str, Any]:
    """The batch's tensors on the model's device, pixels in the model's type of numbers."""
    return {
        name: value.to(model.device, model.dtype if value.is_floating_point() else value.dtype)
        for name, value in batch.items()
        if hasattr(value, "is_floating_point")
    }
