"""Votes of the native layout: ratings of an answer, rankings and failures of a row, and scales.

Names of metrics are free and become lower snake case; every other key is known or the row is bad.
"""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, get_args

from curate.sources.record import SourceFailure, SourceRanking, SourceRating
from curate.sources.shaping import (
    BadRowError,
    as_list,
    as_name,
    as_object,
    as_text,
    known_keys,
    metric_name,
    one_of,
    shown,
    wrong_type,
)
from schemas.event import RaterKind, Verdict
from schemas.rubric import OVERALL

KINDS: Sequence[RaterKind] = get_args(RaterKind)
VERDICTS: Sequence[Verdict] = get_args(Verdict)
RATING_KEYS = ("rater", "kind", "version", "position", "order_no", "rationale", "rationales")
RANKING_KEYS = ("rater", "kind", "version", "tiers", "verdict", "confirmed", "rationale")
FAILURE_KEYS = ("rater", "kind", "reason", "detail")


def scales_of(value: Any) -> dict[str, tuple[float, float]] | None:
    """Each metric's least and greatest score; null where the row gives no scales."""
    if value is None:
        return None
    scales = by_metric(as_object(value, "scales"), "scales")
    return {name: _scale(ends, f"scales.{name}") for name, ends in scales.items()}


def rating_of(value: Any, place: str) -> SourceRating:
    """One rater's scores and reasons for one answer; a null score is no score."""
    values = as_object(value, place)
    free = {key: score for key, score in values.items() if key not in RATING_KEYS}
    scores = by_metric(free, place)
    numbers = {name: values.get(name) for name in ("position", "order_no")}
    for name, number in numbers.items():
        if number is not None and not _is_index(number):
            raise wrong_type(number, f"{place}.{name}", "a whole number from 0")
    return SourceRating(
        rater=as_name(values.get("rater"), f"{place}.rater") or "source",
        kind=kind_of(values.get("kind"), f"{place}.kind"),
        version=as_name(values.get("version"), f"{place}.version"),
        scores=scores,
        rationales=_rationales(values, place),
        **numbers,
    )


def ranking_of(value: Any, place: str) -> SourceRanking:
    """One rater's order; `tiers` still holds indexes into the row's `responses`."""
    values = as_object(value, place)
    known_keys(values, RANKING_KEYS, place)
    if values.get("tiers") is None and values.get("verdict") is None:
        raise BadRowError(f"{place} has neither tiers nor verdict")
    confirmed = values.get("confirmed")
    if confirmed is not None and not isinstance(confirmed, bool):
        raise wrong_type(confirmed, f"{place}.confirmed", "true or false")
    verdict = values.get("verdict")
    return SourceRanking(
        tiers=_tiers(values.get("tiers"), f"{place}.tiers"),
        rater=as_name(values.get("rater"), f"{place}.rater") or "source",
        kind=kind_of(values.get("kind"), f"{place}.kind"),
        version=as_name(values.get("version"), f"{place}.version"),
        verdict="ranked" if verdict is None else one_of(verdict, VERDICTS, f"{place}.verdict"),
        confirmed=confirmed is not False,
        rationale=as_text(values.get("rationale"), f"{place}.rationale"),
    )


def failure_of(value: Any, place: str) -> SourceFailure:
    """A judgement that did not come, with its reason as the row has it."""
    values = as_object(value, place)
    known_keys(values, FAILURE_KEYS, place)
    reason = as_name(values.get("reason"), f"{place}.reason")
    if reason is None:
        raise BadRowError(f"{place} has no reason")
    return SourceFailure(
        reason=reason,
        rater=as_name(values.get("rater"), f"{place}.rater") or "source",
        kind=kind_of(values.get("kind"), f"{place}.kind"),
        detail=as_text(values.get("detail"), f"{place}.detail") or "",
    )


def by_metric(values: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Values that are there, by their metric's name in lower snake case."""
    named: dict[str, Any] = {}
    for key, value in values.items():
        name = metric_name(key)
        if not name:
            raise BadRowError(f"{place} has a metric named {shown(key)}")
        if name in named:
            raise BadRowError(f"{place} names the metric {name!r} twice")
        named[name] = value
    return {name: value for name, value in named.items() if value is not None}


def kind_of(value: Any, place: str) -> RaterKind:
    """The rater's kind, `source` where it is not said."""
    kind: RaterKind = "source" if value is None else one_of(value, KINDS, place)
    return kind


def _rationales(values: Mapping[str, Any], place: str) -> dict[str, str]:
    where = f"{place}.rationales"
    reasons = by_metric(as_object(values.get("rationales"), where), where)
    overall = values.get("rationale")
    if overall is not None and OVERALL in reasons:
        raise BadRowError(f"{place} has both rationale and rationales.{OVERALL}")
    if overall is not None:
        reasons[OVERALL] = overall
    texts = {name: as_text(reason, f"{where}.{name}") for name, reason in reasons.items()}
    return {name: text for name, text in texts.items() if text is not None}


def _scale(ends: Any, place: str) -> tuple[float, float]:
    if not isinstance(ends, (list, tuple)) or len(ends) != 2:
        raise wrong_type(ends, place, "[least, greatest]")
    for end in ends:
        if isinstance(end, bool) or not isinstance(end, (int, float)) or not isfinite(end):
            raise wrong_type(end, place, "two finite numbers")
    if not ends[0] < ends[1]:
        raise BadRowError(f"{place} runs from {shown(ends[0])} to {shown(ends[1])}")
    return ends[0], ends[1]


def _tiers(value: Any, place: str) -> list[list[int]]:
    tiers = [list(as_list(tier, f"{place}[{n}]")) for n, tier in enumerate(as_list(value, place))]
    for number, tier in enumerate(tiers):
        for index in tier:
            if not _is_index(index):
                raise wrong_type(index, f"{place}[{number}]", "an index into responses, from 0")
    return tiers


def _is_index(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
