"""Which runs answer which question. Runs of one seed differ in nothing but what is asked."""

from collections.abc import Iterator
from itertools import product

from benchmarks.align.run import Run

SHARES = (0.0, 0.25, 0.5, 0.75)
W, K = (0.1, 0.5, 1.0), (0.25, 0.5, 1.0)
NOISE, RIGHT, RATED = "label noise", "DRS, right labels", "DRS, raters who err"
"""mllm-dpo's flipped pairs; MM-RLHF's w and k; the same where a small delta warns of the label.

Plain DPO on right labels is label noise of 0 %.
"""


def runs(*, small: bool) -> list[Run]:
    """All runs, seed by seed, so that what is there when time is up is balanced."""
    seeds, pairs = (3, 320) if small else (5, 1_024)
    return [run for seed in range(seeds) for run in _of_seed(seed, pairs, small=small)]


def _of_seed(seed: int, pairs: int, *, small: bool) -> Iterator[Run]:
    for share in SHARES:
        yield Run(NOISE, seed, pairs, labels="flipped", share=share)
    ws, ks = ((1.0,), (0.5,)) if small else (W, K)
    yield Run(RATED, seed, pairs, labels="rated", deltas="noisy")
    for w, k in product(ws, ks):
        yield Run(RIGHT, seed, pairs, w=w, k=k)
        yield Run(RATED, seed, pairs, labels="rated", deltas="noisy", w=w, k=k)
    strongest = max(ks)
    yield Run(RATED, seed, pairs, "rated", deltas="noisy", w=1, k=strongest, control="shuffled")
    yield Run(RATED, seed, pairs, "rated", deltas="noisy", w=1, k=strongest, control="matched")
