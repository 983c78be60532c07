"""Tiers of answers: out of a rank string, or rebuilt from all comparisons of a prompt."""

import re
from collections.abc import Sequence

RANKS = re.compile(r"\s*\d{1,9}(\s*[>=]\s*\d{1,9})*\s*", re.ASCII)
Pair = tuple[int, int]


def tiers_of_ranks(ranks: str, count: int) -> list[list[int]] | None:
    """`1>2=3>4` as tiers of indexes from 0; null where the text is no order of `count` answers.

    The numbers are the answers' places from 1; an answer that is not named is not ranked.
    """
    if not RANKS.fullmatch(ranks):
        return None
    tiers = [[int(place) - 1 for place in tier.split("=")] for tier in ranks.split(">")]
    named = [index for tier in tiers for index in tier]
    if len(set(named)) != len(named) or not all(0 <= index < count for index in named):
        return None
    return tiers


def tiers_of_pairs(pairs: Sequence[Pair], count: int) -> list[list[int]] | None:
    """The one weak order of answers 0 to `count` - 1 from which exactly these pairs follow.

    A pair is (better, worse). In a weak order the answers of a tier win equally often, so counting
    wins gives the only candidate; null where other pairs follow from it than were given.
    """
    given = set(pairs)
    wins = [sum(better == answer for better, _ in given) for answer in range(count)]
    tiers = [
        [answer for answer in range(count) if wins[answer] == number]
        for number in sorted(set(wins), reverse=True)
    ]
    return tiers if _pairs_of(tiers) == given else None


def _pairs_of(tiers: Sequence[Sequence[int]]) -> set[Pair]:
    return {
        (better, worse)
        for place, tier in enumerate(tiers)
        for lower in tiers[place + 1 :]
        for better in tier
        for worse in lower
    }
