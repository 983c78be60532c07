"""An annotation's scores and reasons by answer, on the scales that its page asked by."""

import math

from annotate.label_studio import names
from annotate.label_studio.pull_about import About
from annotate.label_studio.pull_values import Controls
from schemas.event import Answer
from schemas.rubric import OVERALL


def answers_of(controls: Controls, about: About) -> tuple[Answer, ...]:
    """The answers with their scores and reasons; those that nothing was said of are left out."""
    found = []
    for position, letter in enumerate(about.letters):
        scores = {}
        for metric, scale in about.scales.items():
            score = _score(controls, names.score(letter, metric), scale)
            if score is not None:
                scores[metric] = score
        reason = controls.text(names.reason(letter))
        found.append(
            Answer(
                candidate_id=about.candidate_ids[position],
                position=position,
                scores=scores,
                rationales={OVERALL: reason} if reason else {},
            )
        )
    if any(it.scores for it in found) and any(len(it.scores) < len(about.scales) for it in found):
        controls.fault("score_missing")
    return tuple(found) if any(it.scores or it.rationales for it in found) else ()


def _score(controls: Controls, name: str, scale: tuple[float, float]) -> float | None:
    """A score by its button or by its stars, whole and on the scale, else a fault and none."""
    low, high = scale
    word, stars = controls.one(name), controls.stars(name)
    if word is None and stars is None:
        return None
    steps = {str(step): float(step) for step in range(math.ceil(low), math.floor(high) + 1)}
    score = steps.get(word) if word is not None else low + (stars or 0) - 1
    if score is None or not low <= score <= high:
        controls.fault("off_scale")
        return None
    return score
