"""A judge's scores as a prediction: what a prefilled page begins with."""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from math import floor
from typing import Any

from annotate.label_studio import names
from annotate.label_studio.projects import MODEL_VERSION
from schemas.rubric import Metric, Rubric

Means = Mapping[tuple[str, str], Fraction]
"""The mean of judges' scores by candidate_id and metric."""


def prediction_of(
    candidate_ids: Iterable[str],
    rubric: Rubric,
    weights: Mapping[str, float],
    ask: Collection[str],
    means: Means,
) -> dict[str, Any] | None:
    """The prediction for answers in the order shown; None where nothing is known of them.

    A mean is rounded to a step of its scale, halves up. Places are by the weighted sum of the
    means before rounding, equal sums on equal places, where every answer has all of them.
    """
    shown = list(zip(names.LETTERS, candidate_ids, strict=False))
    pressed: dict[str, str] = {}
    if "metrics" in ask:
        for letter, candidate_id in shown:
            for metric in rubric.metric:
                if (mean := means.get((candidate_id, metric.name))) is not None:
                    pressed[names.score(letter, metric.name)] = str(_step(metric, mean))
    if "ranking" in ask:
        pressed |= _places(shown, weights, means)
    if not pressed:
        return None
    return {
        "model_version": MODEL_VERSION,
        "result": [_choice(name, value) for name, value in pressed.items()],
    }


def means_of(sums: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Fraction]:
    """Exact means from sums of millionths: candidate_id, metric, units, n_scores."""
    return {
        (it["candidate_id"], it["metric"]): Fraction(it["units"], it["n_scores"] * 1_000_000)
        for it in sums
    }


def _step(metric: Metric, mean: Fraction) -> int:
    """The step next to a mean; a score off the scale is its end."""
    return min(max(floor(mean + Fraction(1, 2)), metric.min), metric.max)


def _places(
    shown: list[tuple[str, str]], weights: Mapping[str, float], means: Means
) -> dict[str, str]:
    """The verdict and a place for every answer; nothing where one has no weighted score."""
    weighted = {name: Fraction(str(weight)) for name, weight in weights.items() if weight}
    if any((answer, name) not in means for _, answer in shown for name in weighted):
        return {}
    overall = {
        letter: sum(weight * means[answer, name] for name, weight in weighted.items())
        for letter, answer in shown
    }
    best_first = sorted(set(overall.values()), reverse=True)
    if len(best_first) == 1:
        return {names.VERDICT: names.TIE}
    places = {names.place(it): str(best_first.index(overall[it]) + 1) for it in overall}
    return {names.VERDICT: names.RANKED, **places}


def _choice(name: str, value: str) -> dict[str, Any]:
    return {
        "id": name,
        "from_name": name,
        "to_name": names.TASK,
        "type": "choices",
        "value": {"choices": [value]},
    }
