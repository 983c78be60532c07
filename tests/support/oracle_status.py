"""What annotators' votes say of each other and of gold, counted pair by pair without SQL."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from schemas.event import Event
from tests.support.oracle_votes import live, sign

Pair = tuple[str, str]
Votes = dict[Pair, int]
"""A word on each pair of answers, the smaller id first: 1 where that one is better, 0 for a tie."""


@dataclass(frozen=True)
class Shares:
    """A share, and of how many comparisons; None where there are none."""

    share: Fraction | None
    of: int


def votes_of(events: Iterable[Event], weights: Mapping[str, int], rubric_id: str) -> Votes:
    """One rater's votes: the confirmed ranking's sign, else the scores'."""
    ranked: dict[Pair, int] = defaultdict(int)
    scored: dict[Pair, int] = defaultdict(int)
    for event in events:
        if event.tiers and (event.confirmed or event.rater.kind == "source"):
            place = {it: number for number, tier in enumerate(event.tiers) for it in tier}
            for pair in combinations(sorted(place), 2):
                ranked[pair] += sign(Fraction(place[pair[1]] - place[pair[0]]))
        if event.rubric_id == rubric_id:
            total = {
                it.candidate_id: sum(int(it.scores[name]) * w for name, w in weights.items())
                for it in event.answers
                if weights.keys() <= it.scores.keys()
            }
            for pair in combinations(sorted(total), 2):
                scored[pair] += total[pair[0]] - total[pair[1]]
    return {pair: sign(Fraction(it)) for pair, it in {**scored, **ranked}.items()}


def by_rater(
    events: Sequence[Event], weights: Mapping[str, int], rubric_id: str
) -> dict[str, Votes]:
    """The votes of every annotator; an expert's last word and a review are none."""
    said = defaultdict(list)
    for event in live(events):
        if event.rater.id.startswith("h-") and not event.final and not event.reviews:
            said[event.rater.id].append(event)
    return {rater: votes_of(found, weights, rubric_id) for rater, found in said.items()}


def agreement(votes: Mapping[str, Votes], rater: str | None = None) -> Shares:
    """Of one annotator with the others, or of all with all."""
    pairs = [
        _right(votes[one][pair], votes[other][pair])
        for one, other in permutations(votes, 2)
        if rater in (None, one)
        for pair in votes[one].keys() & votes[other].keys()
    ]
    found = _shares(pairs)
    return found if rater else Shares(found.share, found.of // 2)


def gold(
    votes: Votes,
    events: Sequence[Event],
    gold_prompts: set[str],
    weights: Mapping[str, int],
    rubric_id: str,
) -> Shares:
    """An annotator's votes on gold against the final events, else the source's."""
    last, source = defaultdict(list), defaultdict(list)
    for event in live(events):
        if event.prompt_id in gold_prompts:
            if event.final:
                last[event.rater.kind, event.rater.id].append(event)
            elif event.rater.kind == "source":
                source[event.rater.kind, event.rater.id].append(event)
    keys: Votes = {}
    for told in (source, last):
        summed: dict[Pair, int] = defaultdict(int)
        for one in told.values():
            for pair, vote in votes_of(one, weights, rubric_id).items():
                summed[pair] += vote
        keys |= {pair: sign(Fraction(it)) for pair, it in summed.items()}
    return _shares([_right(votes[pair], keys[pair]) for pair in votes.keys() & keys.keys()])


def _right(one: int, other: int) -> Fraction:
    """Whole for the same word, half for a tie against a preference."""
    return 1 - Fraction(abs(one - other), 2)


def _shares(found: Sequence[Fraction]) -> Shares:
    return Shares(sum(found, Fraction(0)) / len(found) if found else None, len(found))
