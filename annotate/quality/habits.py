"""Habits that make a rater suspect: votes at chance, straight lines, copies of another's sheets."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import scipy  # its parts load when they are asked for: most commands need none

from schemas.quality import Figure

ENOUGH = 20
LEAST_SKILL = 0.2
"""Right preferences less opposite ones; a rater who tosses coins or ties everything has 0."""

CHANCE_AGREEMENT = 0.55
"""With others, where no reliability can be said: that of a coin is 0.5."""

STRAIGHT = 0.5
COPIED_MORE = 0.2
"""By so much the share of identical sheets must lie above what is expected."""

DOUBT = 0.001
"""The chance of accusing two raters of a workspace falsely, over all of its pairs."""

MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Counts:
    """Prompts that raters have in common, and of these those with identical sheets."""

    common: int = 0
    identical: int = 0

    def __add__(self, other: Self) -> "Counts":
        return Counts(self.common + other.common, self.identical + other.identical)

    def __sub__(self, other: Self) -> "Counts":
        return Counts(self.common - other.common, self.identical - other.identical)

    @property
    def rate(self) -> float:
        """The share of identical prompts, with one identical and one different added."""
        return (self.identical + 1) / (self.common + 2)


@dataclass(frozen=True, slots=True)
class SameSheets:
    """Two raters' prompts in `common`, and of these the `identical` ones, by who was later."""

    one: int
    other: int
    common: int
    identical: int
    one_later: int
    other_later: int

    @property
    def counts(self) -> Counts:
        """Both counts without names."""
        return Counts(self.common, self.identical)

    @property
    def later(self) -> int | None:
        """The rater who was second on most of the identical ones."""
        if self.other_later >= MOSTLY * self.identical:
            return self.other
        return self.one if self.one_later >= MOSTLY * self.identical else None


@dataclass(frozen=True, slots=True)
class Copied:
    """Two raters whose sheets are the same too often to be chance."""

    sheets: SameSheets
    expected: float
    p_value: float


def copied(found: Sequence[SameSheets]) -> list[Copied]:
    """The pairs of one level whose sheets are the same more often than the two raters explain.

    Two careful raters give the same sheets often, and a careless one with nobody. So what is
    expected of two raters is the product of how often each has the same sheets as third raters,
    over how often those have them among themselves; a binomial test says whether there are more.
    It takes two more raters: among three nobody can tell a copy from care.
    """
    by_rater: dict[int, Counts] = defaultdict(Counts)
    for it in found:
        by_rater[it.one] += it.counts
        by_rater[it.other] += it.counts
    whole = sum((it.counts for it in found), Counts())
    copies = []
    for it in found:
        mine, theirs = (by_rater[rater] - it.counts for rater in (it.one, it.other))
        usual = whole - mine - theirs - it.counts
        if min(of.common for of in (it.counts, mine, theirs, usual)) < ENOUGH:
            continue
        expected = min(1.0, max(mine.rate * theirs.rate / usual.rate, usual.rate))
        p_value = float(scipy.special.bdtrc(it.identical - 1, it.common, expected))
        more = it.identical / it.common - expected
        if more >= COPIED_MORE and p_value < DOUBT / len(found):
            copies.append(Copied(it, expected, p_value))
    return copies


def copiers(found: Sequence[SameSheets]) -> dict[int, Counts]:
    """Of raters of one level who repeat earlier sheets of anybody: how many of how many they met.

    Somebody without a mistake still has another's sheet only as often as the other makes none,
    which is the root of how often third raters have the same sheet. More than that is copying.
    """
    met: dict[int, Counts] = defaultdict(Counts)
    later: dict[int, Counts] = defaultdict(Counts)
    for it in found:
        for rater, copies in ((it.one, it.one_later), (it.other, it.other_later)):
            met[rater] += it.counts
            later[rater] += Counts(it.common, copies)
    whole = sum((it.counts for it in found), Counts())
    named = {}
    for rater, counts in later.items():
        usual = whole - met[rater]
        if min(counts.common, usual.common) < ENOUGH:
            continue
        expected = usual.rate**0.5
        p_value = float(
            scipy.special.bdtrc(counts.identical - 1, counts.common, min(1.0, expected))
        )
        more = counts.identical / counts.common - expected
        if more >= COPIED_MORE and p_value < DOUBT / len(later):
            named[rater] = counts
    return named


def careless(
    *,
    skill: float | None,
    agreement: Figure,
    straight: Figure,
    usual_straight: float,
    copies: bool,
) -> tuple[str, ...]:
    """The habits of a rater, by name; none for most raters.

    `skill` is null where reliability is refused, and agreement speaks in its place.
    `usual_straight` is the share of straight sheets among the other raters of the kind.
    """
    if skill is not None:
        at_chance = skill < LEAST_SKILL
    else:
        high = agreement.high
        at_chance = agreement.n >= ENOUGH and high is not None and high <= CHANCE_AGREEMENT
    lines = straight.value or 0.0
    habits = {
        "votes at chance": at_chance,
        "straight lines": straight.n >= ENOUGH and lines > max(STRAIGHT, 2 * usual_straight),
        "copies another": copies,
    }
    return tuple(name for name, has in habits.items() if has)
