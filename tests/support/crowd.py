"""Votes of a crowd whose truth is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Crowd:
    """Votes on items. Shapes: `truth` (items,), the rest (votes,); votes are 1, 0 or -1."""

    truth: Numbers
    item: Numbers
    rater: Numbers
    vote: Numbers


def crowd(shares: dict[int, tuple[float, float]], items: int, seed: int) -> Crowd:
    """Everybody votes on every item; `shares` are those of right votes and of wrong ties."""
    rng = np.random.default_rng(seed)
    truth = rng.choice([-1, 0, 1], items, p=[0.4, 0.2, 0.4])
    rows = []
    for rater, (right, tie) in shares.items():
        for item in range(items):
            drawn, true = rng.random(), truth[item]
            if true == 0:
                vote = 0 if drawn < right else int(rng.choice([-1, 1]))
            else:
                vote = true if drawn < right else 0 if drawn < right + tie else -true
            rows.append((item, rater, int(vote)))
    columns = np.array(rows, dtype=np.int64)
    return Crowd(truth, *columns.T)
