"""Newton's method for a strictly convex loss of few parameters.

A library's solver would cost more to import than a build of a small workspace takes.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

CLOSE = 1e-10
MOST_STEPS = 100


def minimum(loss: Callable[[Floats], float], step: Callable[[Floats], Floats], size: int) -> Floats:
    """The parameters with the least loss, from 0 on; a step that overshoots is halved.

    `step` leads from parameters to where slope and curvature there say that the minimum is.
    """
    parameters: Floats = np.zeros(size)
    value = loss(parameters)
    for _ in range(MOST_STEPS):
        whole = step(parameters)
        part = 1.0
        while (moved := loss(parameters + part * whole)) > value and part > CLOSE:
            part /= 2
        if part <= CLOSE or np.abs(part * whole).max() < CLOSE:
            break
        parameters, value = parameters + part * whole, moved
    return parameters


def sigmoid(logits: Floats) -> Floats:
    """1 / (1 + exp(-x)), without overflow."""
    found: Floats = np.exp(-np.logaddexp(0.0, -logits))
    return found
