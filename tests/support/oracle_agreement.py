"""Agreement by brute force, from the events: pairs of raters, answers and votes one by one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from scipy.stats import kendalltau

from schemas.event import Event
from tests.support.oracle_votes import Rules, Speakers, live, speakers_of, vote_of

LEVELS = {"human": 1, "judge": 2, "source": 3}
Votes = dict[tuple[str, str], dict[tuple[int, str], int]]
"""Two answers -> a rater as level and id -> the sign of the vote."""


@dataclass
class Shared:
    """What two raters, or two kinds of them, said of the same pairs of answers."""

    compared: int = 0
    agreed: Fraction = Fraction(0)
    taus: list[float] = field(default_factory=list)


def by_raters(
    events: Sequence[Event], prompts: Mapping[str, set[str]], rules: Rules
) -> dict[tuple[tuple[int, str], tuple[int, str]], Shared]:
    """Of every two raters; `prompts` are the answers of each."""
    found: dict[tuple[tuple[int, str], tuple[int, str]], Shared] = defaultdict(Shared)
    for prompt_id, known in prompts.items():
        mine = [event for event in live(events) if event.prompt_id == prompt_id]
        for pair, one, other in _both(votes_of(mine, known, rules)):
            shared = found[pair]
            shared.compared += len(one)
            agreed = (1 - Fraction(abs(a - b), 2) for a, b in zip(one, other, strict=True))
            shared.agreed += sum(agreed, Fraction(0))
            if len(one) >= 3 and any(one) and any(other):
                shared.taus.append(_tau(one, other))
    return found


def votes_of(events: Sequence[Event], known: set[str], rules: Rules) -> Votes:
    """Every vote on a prompt's answers but an expert's last word."""
    speakers = speakers_of(events, known, rules)
    return _votes(speakers[True], known, rules, overall=False) or _votes(
        speakers[False], known, rules, overall=True
    )


def _votes(speakers: Speakers, known: set[str], rules: Rules, *, overall: bool) -> Votes:
    found: Votes = {}
    for a, b in combinations(sorted(known), 2):
        for (precedence, kind, name), rater in speakers.items():
            vote = vote_of(rater, a, b, rules, overall=overall)
            if vote is not None:
                said = found.setdefault((a, b), {})
                if vote.sign is not None and precedence > 0:
                    said[LEVELS[kind], name] = vote.sign
    return found


def _both(
    votes: Votes,
) -> Iterator[tuple[tuple[tuple[int, str], tuple[int, str]], list[int], list[int]]]:
    raters = sorted({rater for said in votes.values() for rater in said})
    for one, other in combinations(raters, 2):
        common = [said for said in votes.values() if one in said and other in said]
        if common:
            yield (one, other), [said[one] for said in common], [said[other] for said in common]


def _tau(one: Sequence[int], other: Sequence[int]) -> float:
    """Tau-b over signs of pairs: concordant less discordant over the root of those untied."""
    agreed = sum(a * b for a, b in zip(one, other, strict=True))
    untied = sum(map(abs, one)) * sum(map(abs, other))
    return float(agreed / untied**0.5)


def tau_of_orders(one: Sequence[int], other: Sequence[int]) -> float:
    """Kendall's tau-b of two orders, by scipy."""
    return float(kendalltau(one, other, variant="b").statistic)
