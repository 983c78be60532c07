"""What a build says of its judge, held against people on the overlap: part of `manifest.json`.

Shares and rates have six decimals.
"""

from typing import Literal

from schemas.base import Record
from schemas.quality import Figure

Verdict = Literal["unchecked", "unproven", "proven"]


class ByMetric(Record):
    """People and judge on one metric, as differences between two answers to one prompt.

    `accuracy` is the share of pairs on which people differ and the judge differs alike, ties as
    halves; `correlation` that of the differences, about zero (Pearson); `kappa` is of the answers'
    steps, weighted by squares. Each row of `confusion` is people's step, the judge's, and answers.
    """

    pairs: int
    prompts: int
    accuracy: Figure
    correlation: Figure
    kappa: float | None
    confusion: tuple[tuple[int, int, int], ...]


class Bin(Record):
    """Pairs of about one certainty: the mean probability said, the share of people's votes."""

    said: float
    found: float
    pairs: int


class Covered(Record):
    """Of the surest pairs this share, and the share of them that people decide otherwise."""

    share: float
    error: float


class Calibration(Record):
    """P(people prefer a) = sigmoid(beta * d), d the judge's difference as a share of the widest.

    `phi` is what tanh(difference in characters / deviation) adds where length is fitted beside it.
    `brier` and `expected_error` are of probabilities by fits that have not seen the pair: in folds
    of whole leakage groups. Saying one half always has a Brier score of 0.25.
    """

    pairs: int
    prompts: int
    beta: float
    beta_with_length: float
    phi: float
    deviation: float
    folds: int
    brier: float
    expected_error: float
    reliability: tuple[Bin, ...]
    risk_coverage: tuple[Covered, ...]


class Trust(Record):
    """The judge against people, on prompts drawn by nobody's choice (DESIGN 5.9).

    `judged_pairs` are pairs of the build that judges alone decided.
    `drawn` are the prompts of the overlap, `prompts` those on which people and judge compared the
    same answers, `pairs` these pairs, `decided` those on which most people prefer one answer.
    `accuracy` is over these, ties of the judge as halves, and `longer` what the longer answer would
    reach. `proven`: the lower bound of accuracy is above `bar`, the greater of one half and
    `longer`. `person` is how often one person agrees with the others, and `judge_with_others` how
    often the judge does, over the same votes. `more_prompts` is how many prompts of the overlap
    people would have to vote on for the interval that `[score] interval` wishes.
    """

    verdict: Verdict
    judged_pairs: int
    drawn: int
    prompts: int
    pairs: int
    decided: int
    accuracy: Figure | None = None
    longer: float | None = None
    bar: float | None = None
    person: Figure | None = None
    judge_with_others: Figure | None = None
    more_prompts: int | None = None
    metrics: dict[str, ByMetric] = {}
    calibration: Calibration | None = None
