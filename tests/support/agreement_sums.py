"""Sums of agreement counted by hand from a matrix of ratings, a rater a row and NaN for missing."""

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def alpha_sums(ratings: Floats) -> Floats:
    """What `interval_alpha` takes, an answer a row. Shape (answers, 4)."""
    rows = []
    for column in ratings.T:
        scores = column[~np.isnan(column)]
        m = len(scores)
        if m < 2:
            rows.append([0.0] * 4)
            continue
        apart = sum((a - b) ** 2 for a, b in permutations(scores, 2)) / (m - 1)
        rows.append([float(m), scores.sum(), (scores**2).sum(), apart])
    return np.array(rows)


def coincidences(ratings: Floats, steps: int) -> Floats:
    """What `ordinal_alpha` takes, an answer a row. Scores count from 0."""
    found = np.zeros((ratings.shape[1], steps, steps))
    for place, column in enumerate(ratings.T):
        scores = column[~np.isnan(column)].astype(int)
        for a, b in permutations(scores, 2):
            found[place, a, b] += 1 / (len(scores) - 1)
    return found


def kappa_sums(one: Floats, other: Floats) -> Floats:
    """What `kappa` takes, an answer a row. Shape (answers, 6)."""
    columns = (np.ones(len(one)), one, other, one**2, other**2, one * other)
    return np.stack(columns, axis=1)
