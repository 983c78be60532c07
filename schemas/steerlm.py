"""SteerLM's request for an answer with given points, as mllm-dpo writes it, to the byte.

A model is trained on answers under the request for the points that they got, and asked with the
highest ones. Source: mllm-dpo's training data; SteerLM, arXiv 2310.05344.
"""

from collections.abc import Iterable, Mapping

from schemas.errors import ExportError

REQUEST = (
    "\nPlease answer the question such that your response is in the following attributes in "
    "{steps}-point Likert scale:\n"
)
Scale = tuple[float, float]


def opening(scales: Iterable[Scale]) -> str:
    """The sentence before the points. It speaks of one scale in whole steps.

    Raises ExportError for metrics that have no such scale in common.
    """
    distinct = set(scales)
    if len(distinct) != 1:
        raise ExportError(
            f"steerlm asks for points on one scale, and the rubric has {len(distinct)}",
            "give all metrics of [rubric] the same min and max, or leave steerlm out",
        )
    ((low, high),) = distinct
    if not (float(low).is_integer() and float(high).is_integer()):
        raise ExportError(
            f"steerlm asks for whole points, and the scale is {low} to {high}",
            "give the metrics of [rubric] a scale of whole numbers, or leave steerlm out",
        )
    return REQUEST.format(steps=int(high - low) + 1)


def request(points: Mapping[str, float], scales: Iterable[Scale]) -> str:
    """What follows the user's last turn: the sentence, then each metric with its points."""
    return opening(scales) + ",".join(f"{shown(name)}:{it:.0f}" for name, it in points.items())


def shown(metric: str) -> str:
    """A metric as the request names it."""
    return metric.capitalize()
