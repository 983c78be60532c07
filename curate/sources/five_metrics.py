"""The five attributes of HelpSteer, which mllm-dpo's judge scored too: 0 to 4 each.

The names are those of the `five-metric` preset, so that such ratings are by its rubric.
"""

from collections.abc import Mapping
from typing import Any

from curate.sources.scores import read_scores
from schemas.rubric import OVERALL

FIVE = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
SUMMED = FIVE[:3]
SCALES: Mapping[str, tuple[float, float]] = dict.fromkeys(FIVE, (0.0, 4.0))


def five_scores(given: Mapping[str, Any]) -> tuple[dict[str, float], list[str]]:
    """The scores that are numbers, by metric, and a word on each of the others."""
    return read_scores({metric: given.get(metric) for metric in FIVE})


def with_sum(scores: Mapping[str, float]) -> dict[str, float]:
    """The scores with `overall` as mllm-dpo pairs by it, where all three of its parts are there.

    It is helpfulness + correctness + coherence, 0 to 12.
    """
    if not all(metric in scores for metric in SUMMED):
        return dict(scores)
    return {**scores, OVERALL: sum(scores[metric] for metric in SUMMED)}
