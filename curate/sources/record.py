"""What a source adapter yields: one record a prompt, as the source says it, not yet believed.

An adapter only shapes: it reads the source's columns into these records. Every check (text,
scales, media, ids) is `curate.ingest.records`'s, so that all layouts are held to the same rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from schemas.candidate import MediaKind, Role
from schemas.event import RaterKind, Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a container as read.

    `values` are by column, `line` counts from 1 (record number where the container has no lines),
    `file` is relative to the source's root.
    """

    line: int
    values: Mapping[str, Any]
    file: str | None = None


@dataclass(frozen=True, slots=True)
class SourceMedium:
    """A medium by `path` (relative file or folder, http(s) URL or data: URI) or by its bytes."""

    kind: MediaKind = "image"
    path: str | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class SourceTurn:
    """One turn: texts and media in the order they stand."""

    role: Role
    parts: Sequence[str | SourceMedium]


@dataclass(frozen=True, slots=True)
class SourceRating:
    """One rater's scores and reasons for one response, on the record's `scales`.

    `order_no` numbers the orders in which a judge was shown the answers.
    """

    rater: str
    kind: RaterKind = "source"
    version: str | None = None
    scores: Mapping[str, Any] = field(default_factory=dict)
    rationales: Mapping[str, str] = field(default_factory=dict)
    position: int | None = None
    order_no: int | None = None


@dataclass(frozen=True, slots=True)
class SourceResponse:
    """One answer as the source has it; `text` is unchecked and may be of any type."""

    text: Any
    model: str | None = None
    sampling: Mapping[str, Any] | None = None
    origin: Literal["sampled", "written"] = "sampled"
    key: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    ratings: Sequence[SourceRating] = ()


@dataclass(frozen=True, slots=True)
class SourceRanking:
    """One rater's order: `tiers` of indexes into the record's responses, best first."""

    tiers: Sequence[Sequence[int]]
    rater: str = "source"
    kind: RaterKind = "source"
    version: str | None = None
    verdict: Verdict | None = "ranked"
    confirmed: bool = True
    rationale: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """A judgement that the source says did not come."""

    reason: str
    rater: str = "source"
    kind: RaterKind = "source"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One prompt with what the source has about it.

    Ratings of one rater in one record become one event, together with that rater's ranking.
    `scales` maps metric -> (min, max) as the source uses it; None: ratings are on the workspace's
    rubric. A metric named `overall` is the source's own overall score. `separate` gives every
    ranking an event of its own (single comparisons that do not form one order).
    """

    line: int
    turns: Sequence[SourceTurn]
    responses: Sequence[SourceResponse] = ()
    rankings: Sequence[SourceRanking] = ()
    failures: Sequence[SourceFailure] = ()
    reference: str | None = None
    key: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, Sequence[float]] | None = None
    separate: bool = False
    file: str | None = None


@dataclass(frozen=True, slots=True)
class SourceDrop:
    """A row no record could be made of: its place, a drop reason of DESIGN 4, and the value."""

    line: int | None
    reason: str
    detail: str
    file: str | None = None
