"""DESIGN 5.3 and 5.4 by brute force: slow, exact, and written without the build's SQL.

In: the live events of one prompt and the candidates it has. Out: what every compared pair became.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

import networkx as nx

from schemas.event import Event
from tests.support.oracle_votes import (
    Rater,
    Rules,
    Speakers,
    Vote,
    mean,
    speakers_of,
    vote_of,
)

Pair = tuple[str, str]
Said = tuple[str, Vote, Fraction]
"""The kind of a rater, the vote, and what it counts."""


@dataclass(frozen=True)
class Result:
    """What became of two answers: `reason` is None for a preference that is left."""

    chosen: str
    rejected: str
    reason: str | None
    raw: Fraction | None
    share: Fraction | None
    gap: Fraction | None
    n_raters: int
    agreement: Fraction | None
    level: str
    vetoed: bool = False


def outcomes(events: Sequence[Event], candidates: Iterable[str], rules: Rules) -> list[Result]:
    """What every pair of answers that a rater compared became (policies come after)."""
    known = sorted(candidates)
    speakers = speakers_of(events, set(known), rules)
    by_rubric = _joined(speakers[True], known, rules, overall=False)
    joined = by_rubric or _joined(speakers[False], known, rules, overall=True)
    return _after_drops(joined, rules)


def _joined(
    speakers: Speakers,
    known: Sequence[str],
    rules: Rules,
    *,
    overall: bool,
) -> list[Result]:
    """Votes joined over the raters of the first level that compared the two (5.3)."""
    results = []
    for a, b in combinations(known, 2):
        votes: dict[int, list[Said]] = defaultdict(list)
        for (precedence, kind, name), rater in speakers.items():
            vote = vote_of(rater, a, b, rules, overall=overall)
            if vote is not None:
                weight = rules.rater_weights.get(name, Fraction(1))
                votes[precedence].append((kind, vote, weight))
        if votes:
            level = min(votes)
            found = _decided(a, b, votes[level], rules)
            raters = [rater for key, rater in speakers.items() if key[0] == level]
            vetoed = not overall and _vetoed(raters, found, rules)
            results.append(replace(found, vetoed=vetoed))
    return results


def _vetoed(raters: Sequence[Rater], found: Result, rules: Rules) -> bool:
    """Whether the raters who decide find the chosen answer too low on a vetoing metric (4)."""
    for metric, least in rules.vetoes.items():
        both = [rater.scores_of(metric, (found.chosen, found.rejected)) for rater in raters]
        chosen = mean([scores[0] for scores in both if scores])
        rejected = mean([scores[1] for scores in both if scores])
        if chosen is not None and rejected is not None and (chosen < least or chosen < rejected):
            return True
    return False


def _decided(a: str, b: str, votes: Sequence[Said], rules: Rules) -> Result:
    wins, ties, losses = (
        sum((weight for _, vote, weight in votes if vote.sign == sign), Fraction(0))
        for sign in (1, 0, -1)
    )
    n = wins + ties + losses
    turned = losses > wins
    reason: str | None = None
    if n == 0:
        faults = {vote.fault for _, vote, _ in votes}
        reason = next(it for it in ("contradiction", "conflict", "unstable") if it in faults)
    elif wins == losses == 0:
        reason = "tie"
    elif wins == losses or abs(wins - losses) / n < rules.min_consensus:
        reason = "no_consensus"
    kinds = [kind for kind, _, _ in votes]
    sign = -1 if turned else 1
    raw, share, gap = (
        None if (found := _weighted(values, votes)) is None else sign * found
        for values in zip(*((v.raw, v.share, v.gap) for _, v, _ in votes), strict=True)
    )
    return Result(
        b if turned else a,
        a if turned else b,
        reason,
        raw,
        share,
        gap,
        sum(vote.sign is not None for _, vote, _ in votes),
        (2 * max(wins, losses) + ties) / (2 * n) if n else None,
        min(kinds, key=["human", "judge", "source"].index),
    )


def _weighted(values: Sequence[Fraction | None], votes: Sequence[Said]) -> Fraction | None:
    """The mean of what the raters who have it say, by their weights."""
    told = [
        (value, weight)
        for value, (_, _, weight) in zip(values, votes, strict=True)
        if value is not None
    ]
    whole = sum((weight for _, weight in told), Fraction(0))
    return sum((value * weight for value, weight in told), Fraction(0)) / whole if told else None


def _after_drops(joined: Sequence[Result], rules: Rules) -> list[Result]:
    """Cycles as strongly connected components, then narrow margins, then the veto (5.3)."""
    graph = nx.DiGraph((it.chosen, it.rejected) for it in joined if it.reason is None)
    component = {
        node: number
        for number, nodes in enumerate(nx.strongly_connected_components(graph))
        for node in nodes
    }
    results = []
    for it in joined:
        reason = it.reason
        if reason is None and component[it.chosen] == component[it.rejected]:
            reason = "cycle"
        elif reason is None and it.raw is not None and it.raw < max(Fraction(0), rules.min_margin):
            reason = "below_margin"
        elif reason is None and it.vetoed:
            reason = "veto"
        results.append(replace(it, reason=reason))
    return results


def best(left: Sequence[Result]) -> str | None:
    """The answer that loses to none; then margins, tier gaps, the smallest id decide (5.4)."""
    beaten = {it.rejected for it in left}
    winners = {it.chosen for it in left} - beaten

    def rank(answer: str) -> tuple[Fraction, Fraction, str]:
        won = [it for it in left if it.chosen == answer]
        margins = sum((it.raw or Fraction(0) for it in won), Fraction(0))
        gaps = sum((it.gap or Fraction(0) for it in won), Fraction(0))
        return (-margins, -gaps, answer)

    return min(winners, key=rank, default=None)


def adjacent(left: Sequence[Result]) -> set[Pair]:
    """Preferences with no answer between."""
    pairs = {(it.chosen, it.rejected) for it in left}
    return {
        (a, b)
        for a, b in pairs
        if not any((a, x) in pairs and (x, b) in pairs for x in {it.rejected for it in left})
    }
