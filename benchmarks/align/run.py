"""What one training run of the experiments is, and what comes out of it."""

from dataclasses import dataclass
from typing import Literal

Labels = Literal["right", "flipped", "rated"]
Deltas = Literal["true", "noisy"]
Control = Literal["none", "shuffled", "matched"]


@dataclass(frozen=True, slots=True)
class Run:
    """What is trained. `seed` draws pairs, labels, deltas and batches; equal seeds pair runs.

    `share` of the labels is wrong where they are `flipped`; `rated` ones are as Bradley-Terry
    raters give them. Controls of w and k: `shuffled` gives rows each other's deltas, `matched` is
    plain DPO by the mean of the betas that w and k give.
    """

    experiment: str
    seed: int
    pairs: int
    labels: Labels = "right"
    share: float = 0.0
    deltas: Deltas = "true"
    w: float = 0.0
    k: float = 0.5
    control: Control = "none"


@dataclass(frozen=True, slots=True)
class Found:
    """What came out, as shares of held-out pairs.

    `accuracy` is of DPO's implicit reward, `likelier` of the likelihoods themselves, `answers` of
    the model's own answers; `shuffled` is accuracy with other rows' pictures. `beta` is the mean
    over the run, `wrong` the share of wrong labels, `seconds` the trainer's own.
    """

    accuracy: float
    likelier: float
    answers: float
    shuffled: float
    beta: float
    wrong: float
    seconds: float
