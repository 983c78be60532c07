"""Whether one judge, asked about one prompt several times, says the same each time.

A reading is one reply: an order of answers, and the total that each was given. Differences are
taken within a reading and compared between readings, since a judge may be milder in one of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Literal

Instability = Literal["opposite", "spread"]
NOTHING = 1e-9
"""Differences of weighted sums that are no larger than this come from binary fractions alone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reply of one judge: the candidates as shown, and each one's total."""

    order: tuple[str, ...]
    totals: Mapping[str, float]


def unstable(readings: Sequence[Reading], threshold: float) -> dict[tuple[str, str], Instability]:
    """The pairs on which readings of one prompt disagree, each as (smaller id, larger id).

    `opposite`: one reading prefers the first and another the second. `spread`: they agree on the
    side, or one sees a tie, but the differences lie more than `threshold` points apart. Pairs that
    fewer than two readings scored cannot disagree.
    """
    found: dict[tuple[str, str], Instability] = {}
    for pair, differences in sorted(_differences(readings).items()):
        low, high = min(differences), max(differences)
        if low < -NOTHING and high > NOTHING:
            found[pair] = "opposite"
        elif high - low > threshold + NOTHING:
            found[pair] = "spread"
    return found


def slot_effect(readings: Sequence[Reading]) -> dict[int, float]:
    """By slot, from 0: how far totals given there lie from what the same answers get on average.

    The mean over readings of the total at the slot minus the answer's mean over its readings. Only
    answers that stood in at least two slots tell anything; a slot that none of them held is left
    out. Readings of many prompts may be put together, since candidate ids belong to one prompt. An
    answer's own mean takes up part of the effect: in two orders, half of the difference is seen.
    """
    seen = _seen_by_candidate(readings)
    by_slot: dict[int, list[float]] = defaultdict(list)
    for places in seen.values():
        if len({slot for slot, _ in places}) > 1:
            mean = fmean(total for _, total in places)
            for slot, total in places:
                by_slot[slot].append(total - mean)
    return {slot: fmean(deviations) for slot, deviations in sorted(by_slot.items())}


def _differences(readings: Sequence[Reading]) -> dict[tuple[str, str], list[float]]:
    """For every pair, the first one's total minus the second one's in each reading of both."""
    differences: dict[tuple[str, str], list[float]] = defaultdict(list)
    for reading in readings:
        for first, second in combinations(sorted(reading.totals), 2):
            differences[first, second].append(reading.totals[first] - reading.totals[second])
    return differences


def _seen_by_candidate(readings: Sequence[Reading]) -> dict[str, list[tuple[int, float]]]:
    """For every candidate, the slot and the total of each reading."""
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for reading in readings:
        for slot, candidate in enumerate(reading.order):
            seen[candidate].append((slot, reading.totals[candidate]))
    return seen
