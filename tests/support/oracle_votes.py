"""Votes by brute force: DESIGN 5.1 and 5.2, written from its text and not from the build's SQL.

In: the live events of one prompt and its candidates. Out: what each rater said of two answers.
Differences and means are fractions; nothing is rounded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from schemas.event import Event
from schemas.rubric import scales_of


@dataclass(frozen=True)
class Rules:
    """What DESIGN 5 is asked to do: weights by metric, and the settings of [pairs]."""

    weights: Mapping[str, Fraction]
    rubric_ids: frozenset[str]
    min_margin: Fraction = Fraction(0)
    min_consensus: Fraction = Fraction(0)
    on_conflict: str = "drop"
    unstable_above: Fraction = Fraction(1, 4)
    vetoes: Mapping[str, Fraction] = field(default_factory=dict)
    rater_weights: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Vote:
    """One rater's word on (a, b), positive for a; a margin or gap that does not count is None."""

    sign: int | None
    fault: str | None = None
    raw: Fraction | None = None
    share: Fraction | None = None
    gap: Fraction | None = None


Unit = dict[str, dict[str, Fraction]]
"""Candidate -> metric -> score, within what counts as one event."""


@dataclass
class Rater:
    """All that one rater said at one level on one basis."""

    kind: str
    units: list[tuple[str, tuple[float, float] | None, Unit]] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    orders: list[Sequence[Sequence[str]]] = field(default_factory=list)

    def scores_of(self, metric: str, pair: tuple[str, str]) -> tuple[Fraction, Fraction] | None:
        """The rater's mean score of each of two answers, over the units that score both."""
        both = [
            (unit[pair[0]][metric], unit[pair[1]][metric])
            for _, _, unit in self.units
            if all(metric in unit.get(answer, {}) for answer in pair)
        ]
        if not both:
            return None
        means = [sum(scores, Fraction(0)) / len(both) for scores in zip(*both, strict=True)]
        return means[0], means[1]


Speakers = dict[tuple[int, str, str], Rater]
"""Raters by precedence (0 for final events), kind and id."""


def live(events: Iterable[Event]) -> list[Event]:
    """The latest word: neither superseded nor deleted, each event once."""
    seen = {event.event_id: event for event in events}
    gone = {event.supersedes for event in seen.values()}
    return [event for event in seen.values() if event.event_id not in gone and not event.deleted]


def speakers_of(events: Sequence[Event], known: set[str], rules: Rules) -> dict[bool, Speakers]:
    """By basis (the workspace's rubric or not): precedence, kind and id of a rater -> words."""
    speakers: dict[bool, Speakers] = {True: {}, False: {}}
    units: dict[tuple[object, ...], tuple[Event, list[Event]]] = {}
    for event in events:
        rater = event.rater
        if rater.kind == "reward_model":
            continue
        level = {"human": 1, "judge": 2, "source": 3}[rater.kind]
        key = (0 if event.final else level, rater.kind, rater.id)
        scored = any(answer.scores for answer in event.answers)
        basis = not scored or event.rubric_id in rules.rubric_ids
        speaker = speakers[basis].setdefault(key, Rater(rater.kind))
        counts = event.confirmed or rater.kind != "human"
        if counts and event.tiers and (basis or event.overall_scale):
            speaker.orders.append([[it for it in tier if it in known] for tier in event.tiers])
        if scored:
            same: tuple[object, ...] = (event.event_id,)
            if len(event.answers) == 1:
                wording = (event.rubric_id, event.rubric_hash, event.overall_scale)
                same = (*key, rater.version, *wording, event.sample)
            units.setdefault(same, (event, []))[1].append(event)
    for first, members in units.values():
        final = 0 if first.final else {"human": 1, "judge": 2, "source": 3}[first.rater.kind]
        speaker = speakers[first.rubric_id in rules.rubric_ids][
            final, first.rater.kind, first.rater.id
        ]
        rubric_id = str(first.rubric_id)
        unit = _unit(members, known, rubric_id)
        speaker.units.append((rubric_id, first.overall_scale, unit))
        speaker.shown.append(first.order_no)
    return speakers


def _unit(members: Sequence[Event], known: set[str], rubric_id: str) -> Unit:
    """The scores that count: known answers, on their scale, not scored twice differently."""
    scales: dict[str, tuple[float, float]] = dict(scales_of(rubric_id))
    if members[0].overall_scale and "overall" not in scales:
        scales["overall"] = members[0].overall_scale
    found: dict[str, dict[str, set[Fraction]]] = defaultdict(lambda: defaultdict(set))
    for event in members:
        for answer in event.answers:
            for metric, value in answer.scores.items():
                low, high = scales.get(metric, (1, 0))
                if answer.candidate_id in known and low <= value <= high:
                    found[answer.candidate_id][metric].add(Fraction(value))
    return {
        candidate: {metric: min(values) for metric, values in scores.items()}
        for candidate, scores in found.items()
        if all(len(values) == 1 for values in scores.values())
    }


def _differences(
    rater: Rater, a: str, b: str, rules: Rules, *, overall: bool
) -> list[tuple[Fraction, Fraction, int]]:
    """(D, d, order) of every unit that has both answers on every metric that counts (5.1)."""
    weights = {name: weight for name, weight in rules.weights.items() if weight}
    found = []
    for (rubric_id, overall_scale, unit), order in zip(rater.units, rater.shown, strict=True):
        counted = {"overall": Fraction(1)} if overall else weights
        if overall and overall_scale is None:
            continue
        scales = {"overall": overall_scale} if overall else scales_of(rubric_id)
        if all(metric in unit.get(it, {}) for metric, it in product(counted, (a, b))):
            raw = sum((w * (unit[a][m] - unit[b][m]) for m, w in counted.items()), Fraction(0))
            ends = [(w, scales[m] or (0, 0)) for m, w in counted.items()]
            widest = sum((w * (Fraction(high) - Fraction(low)) for w, (low, high) in ends))
            found.append((raw, raw / widest, order))
    return found


def _is_unstable(differences: Iterable[tuple[Fraction, Fraction, int]], above: Fraction) -> bool:
    """Whether two orders of the answers disagree in sign, or by more than the share (5.2)."""
    by_order: dict[int, list[Fraction]] = defaultdict(list)
    for _, share, order in differences:
        by_order[order].append(share)
    means = [sum(shares, Fraction(0)) / len(shares) for shares in by_order.values()]
    if not means:
        return False
    return min(means) < 0 < max(means) or max(means) - min(means) > above


def vote_of(rater: Rater, a: str, b: str, rules: Rules, *, overall: bool) -> Vote | None:
    """The rater's vote on (a, b) (5.2), None where the rater compared them in no way."""
    differences = _differences(rater, a, b, rules, overall=overall)
    gaps = []
    for order in rater.orders:
        place = {it: number for number, tier in enumerate(order) for it in tier}
        if a in place and b in place:
            gaps.append(Fraction(place[b] - place[a]))
    if not differences and not gaps:
        return None
    signs = {sign(gap) for gap in gaps}
    if {1, -1} <= signs:
        return Vote(None, "contradiction")
    if rater.kind == "judge" and _is_unstable(differences, rules.unstable_above):
        return Vote(None, "unstable")
    raw = mean([raw for raw, _, _ in differences])
    share = mean([share for _, share, _ in differences])
    gap = mean(gaps)
    ranked = None if gap is None else sign(gap)
    scored = None if raw is None else sign(raw)
    if ranked and scored and ranked != scored:
        return {
            "drop": Vote(None, "conflict"),
            "adjudicate": Vote(None, "conflict"),
            "ranking": Vote(ranked, gap=gap),
            "scores": Vote(scored, raw=raw, share=share),
        }[rules.on_conflict]
    return Vote(scored if ranked is None else ranked, None, raw, share, gap)


def mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
