"""Scores as sources write them: numbers, or texts of numbers; what is neither is a failure."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

from curate.sources.record import SourceFailure
from curate.sources.shaping import shown
from schemas.event import RaterKind

NUMBER = re.compile(r"\s*[-+]?\d+(\.\d+)?\s*", re.ASCII)


def number_of(value: Any) -> float | None:
    """The value as a finite number, whether written as one or as text; null where it is none."""
    if isinstance(value, str):
        if not NUMBER.fullmatch(value):
            return None
    elif isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    try:
        number = float(value)
    except (OverflowError, ValueError):
        return None
    return number if isfinite(number) else None


def read_scores(given: Mapping[str, Any]) -> tuple[dict[str, float], list[str]]:
    """The scores that are numbers, by metric, and a word on each of the others."""
    numbers = {metric: number_of(value) for metric, value in given.items()}
    scores = {metric: number for metric, number in numbers.items() if number is not None}
    return scores, [
        f"{metric} {shown(value)}" for metric, value in given.items() if numbers[metric] is None
    ]


def present(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are not null: a score that was never given is not a failure."""
    return {name: value for name, value in values.items() if value is not None}


def unparsable(
    faults: Sequence[str], answer: str, rater: str, kind: RaterKind
) -> list[SourceFailure]:
    """One failure for the faults of one answer's rating; none where there are no faults."""
    if not faults:
        return []
    detail = f"{answer}: no number: {', '.join(faults)}"
    return [SourceFailure("unparsable", rater=rater, kind=kind, detail=detail)]
