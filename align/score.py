"""Which reward model scores which prompt, and which of its scores can be kept.

A model may say how good an answer is only where it did not learn from it: each prompt goes to a
model that never trained on its leakage component (cross-fitted). Where all did, the score says so.
"""

import hashlib
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from align.reward.folds import fold_of

LOWEST, HIGHEST = -1000, 1000
RUBRIC_ID = f"reward:{LOWEST}:{HIGHEST}"
METRIC = "reward"
Claim = Literal["cross_fitted", "in_sample"]
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class FoldModel:
    """A trained model: its run's folder, a digest of what it is, and what it learned from."""

    fold: int
    folder: Path
    digest: str
    components: frozenset[str]
    prompts: frozenset[str]

    def saw(self, component: str, prompts: Collection[str]) -> bool:
        """Whether it learned from a component, or from any prompt that is in it today."""
        return component in self.components or not self.prompts.isdisjoint(prompts)


def model_for(
    models: Sequence[FoldModel], component: str, prompts: Collection[str]
) -> tuple[FoldModel, Claim]:
    """The model that scores a component's prompts, and what may be claimed of the scores.

    It is that of the component's fold, unless components were joined since, so that it saw a part.
    """
    first = fold_of(component, len(models))
    for model in (*models[first:], *models[:first]):
        if not model.saw(component, prompts):
            return model, "cross_fitted"
    return models[first], "in_sample"


def fault_of(reward: float) -> str | None:
    """Why a reward is no score; None where it is one."""
    if not math.isfinite(reward):
        return "not_finite"
    return None if LOWEST <= reward <= HIGHEST else "out_of_scale"


def digest_of(folder: Path) -> str:
    """A model's folder as 32 hex digits: all its files by name and content."""
    whole = hashlib.sha256()
    for path in sorted(it for it in folder.rglob("*") if it.is_file()):
        one = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                one.update(block)
        whole.update(f"{path.relative_to(folder)} {one.hexdigest()}\n".encode())
    return whole.hexdigest()[:32]
