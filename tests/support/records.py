"""Records as a source adapter would give them, with only what a test says."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from curate.ingest.records import Ingest, Ingested
from curate.settings import resolve
from curate.sources.record import (
    SourceMedium,
    SourceRanking,
    SourceRating,
    SourceRecord,
    SourceResponse,
    SourceTurn,
)
from schemas.candidate import Medium
from schemas.config import Config

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
RUBRIC = resolve(Config()).rubric
INGEST = Ingest("sample", RUBRIC, NOW)


def record(*parts: Any, answers: Sequence[Any] = (), **fields: Any) -> SourceRecord:
    """A record of one user turn; answers are texts or responses."""
    turns = fields.pop("turns", [SourceTurn("user", list(parts) or ["Which colour?"])])
    responses = [one if isinstance(one, SourceResponse) else SourceResponse(one) for one in answers]
    return SourceRecord(
        **{"line": 7, "file": "a.jsonl", **fields}, turns=turns, responses=responses
    )


def rated(text: Any, rater: str = "anna", kind: Any = "human", **scores: Any) -> SourceResponse:
    """An answer with one rater's scores."""
    return SourceResponse(text, ratings=[SourceRating(rater, kind, scores=scores)])


def ranking(*tiers: Any, rater: str = "anna", kind: Any = "human", **more: Any) -> SourceRanking:
    """One rater's order of indexes."""
    return SourceRanking(list(tiers), rater, kind, **more)


def ingested(
    given: SourceRecord, media: Sequence[Medium] = (), ingest: Ingest = INGEST
) -> Ingested:
    """What a record gives, if nothing else is said on the five-metric rubric."""
    words = ingest.words(given)
    return words if isinstance(words, Ingested) else ingest.record(given, words, lambda: media)


def drops(given: Ingested) -> list[tuple[str, str | None, str]]:
    """Level, id and reason of what was dropped."""
    return [(row.level, row.id, row.reason) for row in given.dropped]


def details(given: Ingested) -> str:
    """The details of all drops, one a line."""
    return "\n".join(str(row.detail) for row in given.dropped)


PICTURE = SourceMedium(path="a.png")
MEDIUM = Medium(kind="image", sha256="a" * 64, file=f"{'a' * 64}.png", path="a.png")
