"""The ratings of a record, gathered by rater: one sheet a rater, one line a candidate.

Two responses of the same text are one candidate, so a rater may have scored it twice: equal scores
are one, different ones contradict each other and leave.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, get_args

from curate.ingest.answers import Answers
from curate.ingest.scales import Scales
from curate.ingest.text import RecordFaultError, checked_text, optional_text
from curate.sources.record import SourceRating, SourceResponse
from curate.sources.shaping import shown
from schemas.errors import did_you_mean
from schemas.event import Answer, RaterKind

LAST_POSITION = 2**31 - 1
KINDS = get_args(RaterKind)
Faults = list[tuple[str | None, RecordFaultError]]


@dataclass(frozen=True, slots=True)
class RaterKey:
    """Who judged, checked."""

    kind: RaterKind
    id: str
    version: str | None

    @classmethod
    def of(cls, kind: Any, name: Any, version: Any) -> Self:
        """The rater. Raises RecordFaultError."""
        if kind not in KINDS:
            hint = did_you_mean(str(kind), KINDS)
            raise RecordFaultError("bad_type", f"rater kind {shown(kind)} unknown; {hint}")
        found = optional_text(name, "a rater's name")
        if found is None:
            raise RecordFaultError("bad_type", "a rater has no name")
        return cls(kind, found, optional_text(version, "a rater's version"))


@dataclass(slots=True)
class Line:
    """One candidate on a rater's sheet."""

    position: int | None = None
    scores: dict[str, float] = field(default_factory=dict)
    rationales: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """What one rater says of a record's candidates; `torn` are those it contradicts itself on."""

    lines: dict[str, Line] = field(default_factory=dict)
    torn: set[str] = field(default_factory=set)
    order_no: int = 0

    def answers(self) -> tuple[Answer, ...]:
        """The candidates the rater said something of, by id."""
        return tuple(
            Answer(
                candidate_id=candidate_id,
                position=line.position,
                scores=dict(sorted(line.scores.items())),
                rationales=dict(sorted(line.rationales.items())),
            )
            for candidate_id, line in sorted(self.lines.items())
            if (line.scores or line.rationales) and candidate_id not in self.torn
        )


def sheets_of(
    responses: Sequence[SourceResponse],
    answers: Answers,
    scales: Scales | RecordFaultError,
    faults: Faults,
) -> Mapping[RaterKey, Sheet]:
    """The sheets by rater; what could not be used is added to `faults`."""
    sheets: dict[RaterKey, Sheet] = {}
    for response, candidate_id in zip(responses, answers.ids, strict=True):
        if candidate_id is None:
            continue
        for rating in response.ratings:
            try:
                rater = RaterKey.of(rating.kind, rating.rater, rating.version)
            except RecordFaultError as fault:
                faults.append((candidate_id, fault))
                continue
            sheet = sheets.setdefault(rater, Sheet())
            _enter(rating, sheet, candidate_id, scales, faults)
    return sheets


def _enter(
    rating: SourceRating,
    sheet: Sheet,
    candidate_id: str,
    scales: Scales | RecordFaultError,
    faults: Faults,
) -> None:
    line = sheet.lines.setdefault(candidate_id, Line())
    try:
        sheet.order_no = _position(rating.order_no) or sheet.order_no
        line.position = _position(rating.position) if line.position is None else line.position
    except RecordFaultError as fault:
        faults.append((candidate_id, _of_rater(rating, "position", fault)))
    for metric, value in rating.scores.items():
        if value is None:
            continue
        try:
            _score(line, metric, value, scales)
        except RecordFaultError as fault:
            if fault.reason == "contradiction":
                sheet.torn.add(candidate_id)
            faults.append((candidate_id, _of_rater(rating, metric, fault)))
    for metric, text in rating.rationales.items():
        try:
            _reason(line, checked_text(metric, "a reason's metric"), text)
        except RecordFaultError as fault:
            faults.append((candidate_id, _of_rater(rating, metric, fault)))


def _position(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LAST_POSITION:
        raise RecordFaultError("bad_type", f"{shown(value)} is no place in an order shown")
    return value


def _score(line: Line, metric: Any, value: Any, scales: Scales | RecordFaultError) -> None:
    if isinstance(scales, RecordFaultError):
        raise scales
    name = checked_text(metric, "a metric's name")
    score = scales.score(name, value)
    if line.scores.setdefault(name, score) != score:
        raise RecordFaultError("contradiction", f"scored {line.scores[name]:g} and {score:g}")


def _reason(line: Line, metric: str, text: Any) -> None:
    reason = optional_text(text, "the reason")
    if reason is not None:
        line.rationales.setdefault(metric, reason)


def _of_rater(rating: SourceRating, metric: Any, fault: RecordFaultError) -> RecordFaultError:
    place = f"rater {shown(rating.rater)}, metric {shown(metric)}"
    return RecordFaultError(fault.reason, f"{place}: {fault.detail}")
