"""What is asked of a SteerLM model: points on the rubric's metrics, by default the highest."""

from collections.abc import Mapping, Sequence

from schemas.errors import UsageError, did_you_mean
from schemas.rubric import Rubric
from schemas.steerlm import request


def steerlm_request(rubric: Rubric, attributes: Mapping[str, int]) -> str:
    """The request to put behind the last turn; metrics not named get their highest points.

    The same text as in training (`export.steerlm`). Raises UsageError for points that are not on a
    metric's scale, ExportError for a rubric without a common scale.
    """
    metrics = {metric.name: metric for metric in rubric.metric}
    for name, points in attributes.items():
        if name not in metrics:
            raise UsageError(f"--attributes: no metric {name!r}", did_you_mean(name, metrics))
        low, high = metrics[name].min, metrics[name].max
        if not low <= points <= high:
            raise UsageError(
                f"--attributes: {name}={points} is not on its scale", f"give {low} to {high}"
            )
    points_of = {name: attributes.get(name, metric.max) for name, metric in metrics.items()}
    return request(points_of, [(metric.min, metric.max) for metric in rubric.metric])


def parsed_attributes(text: str | None) -> dict[str, int]:
    """`helpfulness=4,verbosity=1`. Raises UsageError for anything else."""
    found: dict[str, int] = {}
    for part in _parts(text):
        name, equals, points = part.partition("=")
        if not equals or not points.strip().isdecimal():
            raise UsageError(
                f"--attributes: {part!r} is no metric=points", "e.g. helpfulness=4,verbosity=1"
            )
        found[name.strip()] = int(points)
    return found


def _parts(text: str | None) -> Sequence[str]:
    return [part for part in (text or "").split(",") if part.strip()]
