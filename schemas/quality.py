"""What the votes of a workspace say of its raters: agreement, reliability, habits.

A figure that cannot be said is null, and where that is a refusal the record says why.
"""

from typing import Literal

from schemas.base import Record

RaterKind = Literal["human", "judge", "source"]
Group = Literal["human", "judge", "source", "human x judge", "human x source", "judge x source"]


class Figure(Record):
    """One number over `n` comparisons, with the bounds of its 95 % interval.

    The interval is a percentile bootstrap that draws prompts with all their votes. Null is what
    the data do not define: a value without variation, an interval of one prompt.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0


class MetricAgreement(Record):
    """Agreement on the scores of one metric; `rubric_id` is null for the weighted sum (`total`).

    `alpha_centred` is Krippendorff's interval alpha of each rater's scores less the rater's mean of
    the prompt; `alpha_ordinal` is null for scales of many steps and for the total.
    """

    metric: str
    rubric_id: str | None
    alpha_centred: Figure
    alpha_interval: Figure
    alpha_ordinal: Figure
    kappa: Figure


class GroupAgreement(Record):
    """Agreement within one kind of raters, or between two kinds."""

    group: Group
    pair_agreement: Figure
    tau_b: Figure
    metrics: tuple[MetricAgreement, ...] = ()


class RaterPairAgreement(Record):
    """Agreement of two raters."""

    one: str
    other: str
    pair_agreement: Figure
    tau_b: Figure
    metrics: tuple[MetricAgreement, ...] = ()


class Copies(Record):
    """Two raters whose score sheets are equal more often than those of others are.

    `identical` of `common` prompts have the same scores on every answer; `expected` is that share
    over all two raters of the level; `later` is the rater who voted second on most of them.
    """

    one: str
    other: str
    identical: int
    common: int
    expected: float
    p_value: float
    later: str | None


class RaterQuality(Record):
    """One rater.

    `reliability` is the probability that a vote on two answers is right, by Dawid and Skene's
    model; `ability` is the rater's in GLAD, which tells hard pairs from easy ones: 0 is right on
    half of the votes, below 0 on fewer; `fidelity` is the probability that a vote follows the
    answers' order, by Bradley and Terry's with a rater's noise (Chen and others); `why_not` says
    why they are null. `leniency` is how far the rater's
    weighted sums lie above others' of the same answers, as a share of the scale, `spread` the ratio
    of within-prompt deviations. `straight` is the share of sheets of three answers or more that are
    all scored alike, `first_shown` how often the answer shown first wins, a tie half. `careless`
    names the habits that make the rater suspect.
    """

    rater: str
    kind: RaterKind
    votes: int
    agreement: Figure
    reliability: Figure
    ability: float | None
    fidelity: float | None
    why_not: str | None
    leniency: Figure
    spread: Figure
    seconds: float | None
    straight: Figure
    first_shown: Figure
    conflicts: int
    contradictions: int
    gold: Figure
    accepted: int
    returned: int
    careless: tuple[str, ...] = ()


class HardPair(Record):
    """Two answers that raters of a kind tell apart badly, and how many votes each side has.

    `difficulty` is 1 / beta of GLAD: the log-odds of a right vote are the rater's ability over it.
    """

    kind: RaterKind
    prompt_id: str
    one_id: str
    other_id: str
    for_one: int
    ties: int
    for_other: int
    difficulty: float


class Suspect(Record):
    """A vote on two answers that is probably wrong, by the other votes and all raters' records."""

    rater: str
    prompt_id: str
    one_id: str
    other_id: str
    vote: Literal[-1, 0, 1]
    wrong: float


class Quality(Record):
    """All figures of a workspace's votes as they are now, before anything is dropped."""

    draws: int
    votes: int
    groups: tuple[GroupAgreement, ...] = ()
    pairs: tuple[RaterPairAgreement, ...] = ()
    raters: tuple[RaterQuality, ...] = ()
    copies: tuple[Copies, ...] = ()
    hardest: tuple[HardPair, ...] = ()
    suspects: tuple[Suspect, ...] = ()
