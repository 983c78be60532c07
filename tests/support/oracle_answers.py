"""Single answers by brute force: what schemas.exported says of AnswerRow, from the events alone.

Nothing is rounded. In: the live events of one prompt and its candidates.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from schemas.event import Event
from schemas.rubric import scales_of
from tests.support.oracle_votes import Rules, Unit, speakers_of

LEVELS = ("human", "judge", "source")
Means = dict[tuple[str, str], dict[str, list[Fraction]]]
"""By rubric and level: each metric's means, one a rater."""


@dataclass(frozen=True)
class Told:
    """What is known of one answer."""

    scores: dict[str, Fraction]
    score: Fraction | None
    rubric_id: str | None
    level: str | None
    n_raters: int
    full_marks: bool


NOTHING = Told({}, None, None, None, 0, full_marks=False)


def told_answers(
    events: Sequence[Event], known: Sequence[str], rules: Rules, rubrics: Sequence[str]
) -> dict[str, Told]:
    """What is known of each candidate. `rubrics` are the accepted ones, the workspace's first."""
    said = _said(events, set(known), rules)
    means = {it: _means(said, it) for it in known}
    places = {
        (basis, LEVELS.index(level), place, rubric_id)
        for by_rubric in means.values()
        for (rubric_id, level), metrics in by_rubric.items()
        for basis, place in [_basis(rubric_id, rubrics)]
        if _weights(basis, rules).keys() <= metrics.keys()
    }
    if not places:
        return dict.fromkeys(known, NOTHING)
    basis, level, _, rubric_id = min(places)
    weights = _weights(basis, rules)
    found = {}
    for it in known:
        metrics = means[it].get((rubric_id, LEVELS[level]), {})
        found[it] = NOTHING
        if weights.keys() <= metrics.keys():
            shown = metrics if basis == 1 else {"overall": metrics["overall"]}
            scores = {metric: _mean(values) for metric, values in shown.items()}
            found[it] = Told(
                scores,
                sum((weight * scores[name] for name, weight in weights.items()), Fraction(0)),
                rubric_id,
                LEVELS[level],
                min(len(metrics[name]) for name in weights),
                full_marks=basis == 1 and _is_full(said, it, weights.keys(), rubrics),
            )
    return found


Said = dict[tuple[str, str], list[tuple[str, Unit]]]
"""By kind and id of a rater: the rubric of each unit, and its scores."""


def _said(events: Sequence[Event], known: set[str], rules: Rules) -> Said:
    found: Said = defaultdict(list)
    for speakers in speakers_of(events, known, rules).values():
        for (_precedence, kind, name), rater in speakers.items():
            found[kind, name] += [(rubric_id, unit) for rubric_id, _scale, unit in rater.units]
    return found


def _means(said: Said, candidate: str) -> Means:
    found: Means = defaultdict(lambda: defaultdict(list))
    for (kind, _name), units in said.items():
        own: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
        for rubric_id, unit in units:
            for metric, value in unit.get(candidate, {}).items():
                own[rubric_id, metric].append(value)
        for (rubric_id, metric), values in own.items():
            found[rubric_id, kind][metric].append(_mean(values))
    return found


def _basis(rubric_id: str, rubrics: Sequence[str]) -> tuple[int, int]:
    return (1, rubrics.index(rubric_id)) if rubric_id in rubrics else (2, 0)


def _weights(basis: int, rules: Rules) -> dict[str, Fraction]:
    if basis == 2:
        return {"overall": Fraction(1)}
    return {name: weight for name, weight in rules.weights.items() if weight}


def _is_full(said: Said, candidate: str, weighted: Collection[str], rubrics: Sequence[str]) -> bool:
    """Every single score on a weighted metric, whoever gave it, is the highest of its scale."""
    given = [
        value == scales_of(rubric_id)[metric][1]
        for units in said.values()
        for rubric_id, unit in units
        if rubric_id in rubrics
        for metric, value in unit.get(candidate, {}).items()
        if metric in weighted
    ]
    return all(given)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
