"""The votes of a record as events: one a rater, with its ratings and its ranking together.

A rater's several rankings, and all of a record whose comparisons do not form one order, are an
event each. An event's id is its content without any clock, so that pulling again gives the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from curate.ingest.answers import Answers
from curate.ingest.orders import Order, order_of
from curate.ingest.ratings import Faults, RaterKey, Sheet, sheets_of
from curate.ingest.scales import Scales, scales_for
from curate.ingest.text import RecordFaultError, optional_text
from curate.sources.record import SourceFailure, SourceRanking, SourceRecord
from curate.sources.shaping import shown
from schemas.base import content_id
from schemas.errors import did_you_mean
from schemas.event import Event, Failure, FailureReason, Rater
from schemas.rubric import Rubric

FAILURES = get_args(FailureReason)
NO_ID = "0" * 32


@dataclass(slots=True)
class Votes:
    """The events of a record, and each vote that could not be used.

    A fault comes with the candidate it is about, null where it is about the record.
    """

    events: list[Event] = field(default_factory=list)
    faults: Faults = field(default_factory=list)


def votes_of(
    record: SourceRecord,
    answers: Answers,
    prompt_id: str,
    source: str,
    rubric: Rubric,
    at: datetime,
) -> Votes:
    """Every vote of the record on the answers that are there."""
    votes = Votes()
    scales = _scales(record, rubric)
    sheets = sheets_of(record.responses, answers, scales, votes.faults)
    orders = _orders(record.rankings, answers, votes.faults)
    drafts = [
        *_judgements(sheets, orders, scales, separate=record.separate),
        *_failures(record.failures, votes.faults),
    ]
    votes.events += [_event(draft, prompt_id, source, at) for draft in drafts]
    return votes


def _scales(record: SourceRecord, rubric: Rubric) -> Scales | RecordFaultError:
    """The record's scales, or the fault that keeps every rating of it out."""
    try:
        return scales_for(record.scales, rubric)
    except RecordFaultError as fault:
        return fault


Draft = Mapping[str, Any]
"""The fields of an event that its rater gave; `rubric_hash` does not count for its id."""


def _judgements(
    sheets: Mapping[RaterKey, Sheet],
    orders: Sequence[Order],
    scales: Scales | RecordFaultError,
    *,
    separate: bool,
) -> Iterator[Draft]:
    by_rater: dict[RaterKey, list[Order]] = {}
    for order in orders:
        by_rater.setdefault(order.rater, []).append(order)
    for rater in dict.fromkeys((*sheets, *by_rater)):
        sheet, ranked = sheets.get(rater), by_rater.get(rater, [])
        rated = _rated(sheet, scales) if sheet else {}
        if rated and len(ranked) == 1 and not separate:
            yield {"rater": rater, **rated, **_ranked(ranked[0])}
            continue
        if rated:
            yield {"rater": rater, **rated}
        yield from ({"rater": rater, **_ranked(order)} for order in ranked)


def _rated(sheet: Sheet, scales: Scales | RecordFaultError) -> Draft:
    answers = sheet.answers()
    if not answers:
        return {}
    if not any(answer.scores for answer in answers) or isinstance(scales, RecordFaultError):
        return {"answers": answers, "order_no": sheet.order_no}
    return {
        "answers": answers,
        "order_no": sheet.order_no,
        "rubric_id": scales.rubric_id,
        "rubric_hash": scales.rubric_hash,
        "overall_scale": scales.overall,
    }


def _ranked(order: Order) -> Draft:
    return {
        "tiers": order.tiers,
        "verdict": order.verdict,
        "confirmed": order.confirmed,
        "rationale": order.rationale,
    }


def _orders(
    rankings: Iterable[SourceRanking],
    answers: Answers,
    faults: Faults,
) -> list[Order]:
    orders = []
    for ranking in rankings:
        try:
            orders.append(order_of(ranking, answers))
        except RecordFaultError as fault:
            faults.append((None, fault))
    return orders


def _failures(failures: Iterable[SourceFailure], faults: Faults) -> Iterator[Draft]:
    for failure in failures:
        try:
            yield _failure(failure)
        except RecordFaultError as fault:
            faults.append((None, fault))


def _failure(failure: SourceFailure) -> Draft:
    if failure.reason not in FAILURES:
        hint = did_you_mean(str(failure.reason), FAILURES)
        raise RecordFaultError(
            "bad_type", f"rater {shown(failure.rater)}: failure {shown(failure.reason)}; {hint}"
        )
    detail = optional_text(failure.detail, "a failure's detail") or ""
    return {
        "rater": RaterKey.of(failure.kind, failure.rater, None),
        "failure": Failure(reason=failure.reason, detail=detail),
    }


def _event(draft: Draft, prompt_id: str, source: str, at: datetime) -> Event:
    rater: RaterKey = draft["rater"]
    event = Event(
        event_id=NO_ID,
        at=at,
        prompt_id=prompt_id,
        **{**draft, "rater": Rater(kind=rater.kind, id=rater.id, version=rater.version)},
    )
    said = event.model_dump(mode="json", exclude={"event_id", "at", "rubric_hash", "expands"})
    return event.model_copy(update={"event_id": content_id([source, said])})
