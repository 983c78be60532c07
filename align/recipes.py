"""The recipes by name: the export each trains on, the preset it has by default, and its code.

A new recipe is one file with `train`, settings in align.settings and one line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Recipe:
    """`sequences` are those that a row is read as at once; `reference` asks for a second model."""

    format: str
    module: str
    preset: str | None
    sequences: int = 1
    reference: bool = False

    def code(self) -> Any:
        """The module; importing it loads torch and TRL."""
        return import_module(self.module)


RECIPES: Mapping[str, Recipe] = {
    "dpo": Recipe("trl", "align.dpo", "mm-rlhf", 2, reference=True),
    "reward": Recipe("critique-reward", "align.reward.training", "mm-rlhf", 2),
    "kto": Recipe("trl-kto", "align.kto", "mllm-dpo", 2, reference=True),
    "sft": Recipe("sft", "align.sft", "mllm-dpo"),
    "rejection-sampling": Recipe("rejection-sampling", "align.sft", "mllm-dpo"),
    "best-of-n": Recipe("best-of-n", "align.sft", None),
    "steerlm": Recipe("steerlm", "align.sft", "mllm-dpo"),
}
