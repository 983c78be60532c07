"""Pair sets: a row is one comparison, the chosen answer over the rejected one."""

from collections.abc import Mapping, Sequence
from typing import Any

from curate.sources.record import (
    Row,
    SourceRanking,
    SourceRating,
    SourceRecord,
    SourceResponse,
    SourceTurn,
)
from curate.sources.shaping import BadRowError, as_text, shown
from schemas.candidate import Origin
from schemas.event import RaterKind

FIRST_OVER_SECOND = ((0,), (1,))


def pair_record(
    row: Row,
    turns: Sequence[SourceTurn],
    answers: tuple[SourceResponse, SourceResponse],
    *,
    rater: str,
    kind: RaterKind = "source",
    key: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> SourceRecord:
    """The row as one record with one ranking: the first answer over the second."""
    return SourceRecord(
        line=row.line,
        turns=turns,
        responses=answers,
        rankings=[SourceRanking(FIRST_OVER_SECOND, rater=rater, kind=kind)],
        key=key,
        attributes=attributes or {},
        file=row.file,
    )


def pair_of(
    chosen: Any,
    rejected: Any,
    *,
    chosen_origin: Origin = "sampled",
    chosen_ratings: Sequence[SourceRating] = (),
    rejected_ratings: Sequence[SourceRating] = (),
) -> tuple[SourceResponse, SourceResponse]:
    """The two answers. Raises BadRowError for what is no text, and for one answer on both sides."""
    better, worse = as_text(chosen, "chosen"), as_text(rejected, "rejected")
    if better is not None and better == worse:
        raise BadRowError(f"chosen and rejected are both {shown(better)}", "contradiction")
    return (
        SourceResponse(better, origin=chosen_origin, ratings=chosen_ratings),
        SourceResponse(worse, ratings=rejected_ratings),
    )
