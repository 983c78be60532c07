"""A leaning of known size, towards what stands first or what is longer: do intervals hold it?"""

from collections.abc import Iterator

import numpy as np
from scipy.stats import binomtest

from annotate.quality.bootstrap import figure
from benchmarks.simulate.outcome import Outcome

RUNS, PROMPTS, VOTES = 200, 200, 6
PLANTED = {"what is shown first": 0.65, "what is longer": 0.72}


def outcomes() -> Iterator[Outcome]:
    """The share of 95 % intervals that hold what was planted."""
    for number, (what, share) in enumerate(PLANTED.items()):
        held = sum(_holds(share, [number, seed]) for seed in range(RUNS))
        interval = binomtest(held, RUNS).proportion_ci(method="wilson")
        name = f"intervals that hold a planted leaning to {what}, of {RUNS}"
        yield Outcome(name, held / RUNS, interval.low, interval.high, 0.9)


def _holds(share: float, seed: list[int]) -> bool:
    """Votes of one prompt lean alike, and prompts differ."""
    rng = np.random.default_rng([22, *seed])
    of_prompt = rng.beta(10 * share, 10 * (1 - share), PROMPTS)
    wins = rng.binomial(VOTES, of_prompt)
    sums = np.column_stack([wins, np.full(PROMPTS, VOTES)])
    found = figure(lambda total: total[:, 0] / total[:, 1], sums, PROMPTS * VOTES)
    return found.low is not None and found.high is not None and found.low <= share <= found.high
