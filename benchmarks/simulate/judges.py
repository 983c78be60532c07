"""Judges of known skill: does the gate let the right ones through, and are they calibrated?"""

from collections.abc import Iterator

import numpy as np
from scipy.stats import binomtest

from annotate.quality import calibration, certainty, proof
from annotate.quality.calibration import Votes
from benchmarks.simulate.outcome import Outcome

RUNS, PROMPTS, PAIRS = 100, 300, 6
SKILLS = (0.5, 0.8)
NOISE, CERTAINTY, PEOPLE = 0.6, 3.0, 2
"""A judge's noise in deviations of quality, how surely people see a deviation, votes a pair."""


def outcomes() -> Iterator[Outcome]:
    """Of 100 judges those that the gate decides rightly, and the error of calibrated ones."""
    for skill in SKILLS:
        passed = sum(_is_let_through(skill, seed) for seed in range(RUNS))
        right = passed if skill > proof.COIN else RUNS - passed
        interval = binomtest(right, RUNS).proportion_ci(method="wilson")
        what = "let through" if skill > proof.COIN else "refused"
        name = f"judges of accuracy {skill:g} {what}, of {RUNS}"
        yield Outcome(name, right / RUNS, interval.low, interval.high, 0.95)
    errors = [_held_out_error(seed) for seed in range(20)]
    spread = np.percentile(errors, (2.5, 97.5))
    mean = float(np.mean(errors))
    name = "held-out calibration error (ECE), mean of 20 sets"
    yield Outcome(name, mean, float(spread[0]), float(spread[1]), 0.05, at_most=True)


def _is_let_through(skill: float, seed: int) -> bool:
    """The gate on a judge that is right on so many pairs, more on some prompts than on others."""
    rng = np.random.default_rng([20, seed])
    of_prompt = rng.beta(8 * skill, 8 * (1 - skill), (PROMPTS, 1))
    right = (rng.random((PROMPTS, PAIRS)) < of_prompt).ravel().astype(float)
    prompts = np.repeat(np.arange(PROMPTS), PAIRS)
    found = proof.share(prompts, right, np.ones(len(right)), len(right), PROMPTS)
    return proof.is_proven(found, proof.COIN, PROMPTS)


def _held_out_error(seed: int) -> float:
    """ECE by fits without the pair's fold, of a judge that sees quality through noise."""
    rng = np.random.default_rng([21, seed])
    quality = rng.normal(size=(PROMPTS, 4))
    seen = quality + rng.normal(0, NOISE, quality.shape)
    one, other = np.triu_indices(4, 1)
    true = (quality[:, one] - quality[:, other]).ravel()
    chance = 1 / (1 + np.exp(-CERTAINTY * true))
    votes = Votes(
        difference=(seen[:, one] - seen[:, other]).ravel() / 8,
        length=rng.normal(0, 100, len(true)),
        wins=rng.binomial(PEOPLE, chance) / PEOPLE,
        people=np.full(len(true), float(PEOPLE)),
        weight=np.ones(len(true)),
    )
    groups = np.repeat(rng.permutation(PROMPTS), PAIRS)
    logits = calibration.out_of_fold(votes, groups)
    return certainty.expected_error(certainty.reliability(votes, logits))
