"""ACC and ACC+ of what a model gives two answers, with what varies between prompts."""

from collections.abc import Sequence
from math import fsum, isfinite
from typing import Literal

from align.clusters import clustered
from schemas.base import Record
from schemas.intervals import Proportion

Measure = Literal["implicit_reward", "log_probability", "reward"]


class PreferenceAccuracy(Record):
    """Pairs whose chosen answer has strictly more of one measure, over all pairs.

    Equal answers are `ties`, numbers that are not finite `unscored`; both are wrong. `acc` takes
    pairs as independent, `acc_by_prompt` is the same share with what varies between prompts.
    `acc_plus` is prompts with every pair right, `ties_half` ACC with a tie as half a pair.
    `mean_difference` is chosen less rejected over the scored pairs, in nats.
    """

    measure: Measure
    ties: int
    unscored: int
    acc: Proportion
    acc_by_prompt: Proportion
    acc_plus: Proportion
    ties_half: float | None
    mean_difference: float | None


def accuracy_of(
    measure: Measure, differences: Sequence[float], prompts: Sequence[str]
) -> PreferenceAccuracy:
    """The accuracy of chosen-less-rejected differences, with each pair's prompt."""
    scored = [value for value in differences if isfinite(value)]
    pairs, won = dict.fromkeys(prompts, 0), dict.fromkeys(prompts, 0)
    for value, prompt in zip(differences, prompts, strict=True):
        pairs[prompt] += 1
        won[prompt] += isfinite(value) and value > 0
    right, ties = sum(won.values()), sum(value == 0 for value in scored)
    whole = sum(won[prompt] == pairs[prompt] for prompt in pairs)
    return PreferenceAccuracy(
        measure=measure,
        ties=ties,
        unscored=len(differences) - len(scored),
        acc=Proportion.of(right, len(differences)),
        acc_by_prompt=clustered(list(won.values()), list(pairs.values())),
        acc_plus=Proportion.of(whole, len(pairs)),
        ties_half=(right + ties / 2) / len(differences) if differences else None,
        mean_difference=fsum(scored) / len(scored) if scored else None,
    )
