"""Agreement as functions of sums, so that all of them can be drawn (see bootstrap).

Each takes totals, one set a row in the last axis, and returns a number a row, NaN where the totals
do not define it: raters without variation neither agree nor disagree.
"""

import numpy as np

from annotate.quality.bootstrap import Floats


def share(totals: Floats) -> Floats:
    """Part of a whole. Totals: part, whole."""
    part, whole = _columns(totals)
    return part / whole


def pair_agreement(totals: Floats) -> Floats:
    """How often two raters say the same of two answers, a tie against a preference one half.

    Totals: comparisons, agreement in halves.
    """
    compared, halves = _columns(totals)
    return halves / (2 * compared)


def mean(totals: Floats) -> Floats:
    """A mean, such as that of Kendall's tau-b over prompts. Totals: count, sum."""
    count, added = _columns(totals)
    return added / count


def interval_alpha(totals: Floats) -> Floats:
    """Krippendorff's alpha with squared differences (Krippendorff 2011, equation for intervals).

    Totals over answers with m >= 2 scores: number of scores n, their sum, their squares, and the
    squared differences of ordered pairs of an answer's scores, each over m - 1.
    """
    n, added, squares, disagreement = _columns(totals)
    expected = 2 * (n * squares - added * added)
    return 1 - (n - 1) * disagreement / _positive(expected)


def ordinal_alpha(coincidences: Floats) -> Floats:
    """Krippendorff's alpha on ordered steps.

    Shape (rows, steps, steps): coincidences of two steps, both orders counted.
    """
    counts = coincidences.sum(axis=-1)
    n = counts.sum(axis=-1)
    above = np.cumsum(counts, axis=-1) - counts / 2
    distance: Floats = (above[..., :, None] - above[..., None, :]) ** 2
    observed: Floats = (coincidences * distance).sum(axis=(-2, -1))
    expected: Floats = (counts[..., :, None] * counts[..., None, :] * distance).sum(axis=(-2, -1))
    alpha: Floats = 1 - (n - 1) * observed / _positive(expected)
    return alpha


def pairwise_alpha(totals: Floats) -> Floats:
    """`interval_alpha` of two raters. Totals as for `kappa`."""
    n, one, other, one_square, other_square, product = _columns(totals)
    squares = one_square + other_square
    sums = np.stack([2 * n, one + other, squares, 2 * (squares - 2 * product)], axis=-1)
    return interval_alpha(sums)


def kappa(totals: Floats) -> Floats:
    """Cohen's kappa with quadratic weights (Cohen 1968) of one rater and another.

    Totals over answers that both scored: their number, both sums, both sums of squares, the sum of
    products. By Fleiss and Cohen (1973) these are all that quadratic weights need.
    """
    n, one, other, one_square, other_square, product = _columns(totals)
    observed = (one_square + other_square - 2 * product) / n
    expected = (one_square + other_square) / n - 2 * (one / n) * (other / n)
    return 1 - observed / _positive(expected)


def kappa_of_table(one: Floats, other: Floats, weight: Floats) -> float | None:
    """`kappa` of a table's cells: a step of one, a step of the other, and the cell's weight.

    None where one of both never differs from the other's only step.
    """
    columns = (np.ones_like(one), one, other, one**2, other**2, one * other)
    found = kappa(np.array([[weight @ column for column in columns]])) if weight.sum() else [np.nan]
    return None if np.isnan(found[0]) else float(found[0])


def exchangeable(totals: Floats) -> Floats:
    """Totals for `kappa` of two raters of whom neither is the first."""
    n, one, other, one_square, other_square, product = _columns(totals)
    added, squares = (one + other) / 2, (one_square + other_square) / 2
    return np.stack([n, added, added, squares, squares, product], axis=-1)


def deviation_ratio(totals: Floats) -> Floats:
    """A rater's deviation over that of others. Totals: both sums of centred squares."""
    own, theirs = _columns(totals)
    return np.sqrt(own / _positive(theirs))


def _columns(totals: Floats) -> tuple[Floats, ...]:
    return tuple(np.moveaxis(totals, -1, 0))


def _positive(expected: Floats) -> Floats:
    """NaN for what is zero but for rounding."""
    return np.where(expected > 1e-9, expected, np.nan)
