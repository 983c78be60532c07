"""Which rubric a record's ratings are on, and whether a score is on its scale."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

from curate.ingest.text import RecordFaultError
from curate.sources.shaping import shown
from schemas.errors import did_you_mean
from schemas.rubric import OVERALL, Rubric, rubric_id_of

ENDS = 2
# A rubric_id spells names and scales between `,` and `:`.
NAME = re.compile(r"[^\s,:\x00-\x1f\ud800-\udfff]+")
Scale = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scales:
    """The scales of one record's ratings, by metric, and the ids its events carry.

    `rubric_hash` is known only for ratings on the workspace's own rubric; `whose` names the scales
    in a drop's detail.
    """

    by_metric: Mapping[str, Scale]
    rubric_id: str
    rubric_hash: str | None
    overall: Scale | None
    whose: str

    def score(self, metric: str, value: Any) -> float:
        """The value as a score of the metric. Raises RecordFaultError."""
        if metric not in self.by_metric:
            raise RecordFaultError(
                "bad_type",
                f"no scale known: metric {metric!r} is not of {self.whose}; "
                f"{did_you_mean(metric, self.by_metric)}",
            )
        low, high = self.by_metric[metric]
        number = _number(value)
        if not low <= number <= high:
            raise RecordFaultError(
                "out_of_scale", f"{shown(value)} is not from {low:g} to {high:g}"
            )
        return number


def scales_for(given: Mapping[str, Sequence[float]] | None, rubric: Rubric) -> Scales:
    """The scales that a record gives, else the workspace's. Raises RecordFaultError."""
    if given is None:
        own = {metric.name: (float(metric.min), float(metric.max)) for metric in rubric.metric}
        return Scales(own, rubric.rubric_id, rubric.rubric_hash, None, f"rubric {rubric.name!r}")
    scales = {metric: _scale(metric, ends) for metric, ends in given.items()}
    if not scales:
        raise RecordFaultError("bad_type", "scales is empty")
    return Scales(
        scales, _rubric_id(scales, rubric), None, scales.get(OVERALL), "the record's scales"
    )


def _rubric_id(scales: Mapping[str, Scale], rubric: Rubric) -> str:
    """The id of the metrics; an `overall` beside others is no metric of theirs (DESIGN 4)."""
    whole = rubric_id_of(scales)
    metrics = {name: scale for name, scale in scales.items() if name != OVERALL}
    return rubric_id_of(metrics) if metrics and whole != rubric.rubric_id else whole


def _scale(metric: Any, ends: Any) -> Scale:
    if not isinstance(metric, str) or not NAME.fullmatch(metric):
        raise RecordFaultError("bad_type", f"scales: {shown(metric)} cannot name a metric")
    if not isinstance(ends, (list, tuple)) or len(ends) != ENDS:
        raise RecordFaultError("bad_type", f"scales.{metric} is {shown(ends)}, not [min, max]")
    low, high = _number(ends[0]), _number(ends[1])
    if not low < high:
        raise RecordFaultError("bad_type", f"scales.{metric}: {low:g} is not below {high:g}")
    return low, high


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise RecordFaultError("bad_type", f"{type(value).__name__} {shown(value)} is no number")
    try:
        number = float(value)
    except OverflowError as error:
        raise RecordFaultError("out_of_scale", f"{shown(value)} is too large") from error
    if not isfinite(number):
        raise RecordFaultError("out_of_scale", f"{value} is not a finite number")
    return number
