"""How simulated raters score: near an answer's quality, with noise, leniency or no care at all."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benchmarks.votes import METRICS

LOW, HIGH = 0, 4
Scores = dict[int, dict[str, float]]


def qualities(rng: np.random.Generator, prompts: int, answers: int) -> NDArray[np.float64]:
    """The true quality of every answer, in points. Shape (prompts, answers)."""
    return rng.normal(2, 1, (prompts, answers))


def careful(
    rng: np.random.Generator, truth: Mapping[int, float], noise: float, leniency: float = 0.0
) -> Scores:
    """Each metric is the quality with noise of its own, rounded onto the scale."""
    return {
        place: {name: _point(rng.normal(quality + leniency, noise)) for name in METRICS}
        for place, quality in truth.items()
    }


def at_random(rng: np.random.Generator, truth: Mapping[int, float]) -> Scores:
    """Any points at all."""
    return {
        place: {name: float(rng.integers(LOW, HIGH + 1)) for name in METRICS} for place in truth
    }


def in_a_line(rng: np.random.Generator, truth: Mapping[int, float]) -> Scores:
    """The same points for every answer, as often as not the same as before."""
    point = float(rng.integers(2, HIGH))
    return {place: dict.fromkeys(METRICS, point) for place in truth}


def _point(value: float) -> float:
    return float(np.clip(round(value), LOW, HIGH))
