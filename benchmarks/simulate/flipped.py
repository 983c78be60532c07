"""Labels that were flipped, found by the probability that a vote is wrong."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from sklearn.metrics import roc_auc_score

from annotate.quality.dawid_skene import Patterns, read, right
from benchmarks.simulate.outcome import Outcome
from benchmarks.simulate.raters import qualities
from benchmarks.simulate.workspace import ANSWERS

PROMPTS, RATERS, FLIPPED, NOISE = 500, 9, 0.2, 0.05
DRAWS = 200


def outcomes() -> Iterator[Outcome]:
    """The area under the curve; chance is 0.5."""
    rng = np.random.default_rng(11)
    votes, flipped, prompt = _votes(rng)
    reading = read(votes, RATERS)
    wrong = 1 - right(votes, reading)
    drawn = []
    for _ in range(DRAWS):
        times = np.bincount(rng.integers(0, PROMPTS, PROMPTS), minlength=PROMPTS)
        drawn.append(roc_auc_score(flipped, wrong, sample_weight=times[prompt]))
    low, high = np.percentile(drawn, (2.5, 97.5))
    name = f"AUC of {FLIPPED:.0%} flipped labels, three raters a pair"
    yield Outcome(name, float(roc_auc_score(flipped, wrong)), float(low), float(high), 0.85)


def _votes(rng: np.random.Generator) -> tuple[Patterns, np.ndarray, np.ndarray]:
    """Votes of three of nine raters on all pairs of four answers; which were flipped; prompts."""
    rows = []
    for prompt, quality in enumerate(qualities(rng, PROMPTS, ANSWERS)):
        for rater in rng.choice(RATERS, 3, replace=False):
            seen = rng.normal(quality, NOISE)
            for place, (one, other) in enumerate(combinations(range(ANSWERS), 2)):
                flip = rng.random() < FLIPPED
                vote = (1 if seen[one] > seen[other] else -1) * (-1 if flip else 1)
                rows.append((6 * prompt + place, rater, vote, flip, prompt))
    item, rater, vote, flip, prompts = np.array(rows).T
    return Patterns.of(item, rater, vote), flip.astype(bool), prompts
