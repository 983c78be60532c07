"""The comments there are to expand, named by their words and not by the event that they stand in.

So a comment is asked about once, however often its writer changes the scores beside it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from annotate.critiquing.comment import LONGEST_COMMENT, comment_of
from annotate.critiquing.request import VERSION
from annotate.critiquing.view import Commented
from curate.engines.duckdb import DuckDBEngine
from curate.judge.members import Member
from schemas.base import content_id
from schemas.candidate import Medium, Message
from schemas.config_judge import JudgeSection

ROWS, TEXT_ROWS = 2_000, 200
Fault = Literal["too_long", "unknown_answer"]
"""Why a comment is not asked about: it is long already, or no pull has the answer it is about."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What one event of a person says of one answer. `key` is its request_hash."""

    key: str
    event_id: str
    prompt_id: str
    candidate_id: str
    text: str
    fault: Fault | None = None


class Naming:
    """Names of comments as one judge is asked about them.

    Ids are content, so ids, words and settings cover all that is sent. The check is asked with the
    expansion and has no name of its own.
    """

    def __init__(self, member: Member, section: JudgeSection) -> None:
        self._settings = content_id(
            {
                "critiques_version": VERSION,
                "provider": member.provider,
                "model": member.model,
                "thinking_level": section.thinking_level,
                "temperature": section.temperature,
            }
        )

    def of(self, prompt_id: str, candidate_id: str, text: str) -> str:
        """32 hex digits for one comment on one answer, whoever wrote it."""
        words = hashlib.sha256(text.encode("utf-8")).hexdigest()
        parts = (self._settings, prompt_id, candidate_id, words)
        return hashlib.sha256("\n".join(parts).encode("ascii")).hexdigest()[:32]


def comments(engine: DuckDBEngine, naming: Naming) -> Iterator[Comment]:
    """Every comment that says something, in the order it is asked about."""
    for batch in engine.batches("critiques/listed", ROWS):
        for row in batch.to_pylist(maps_as_pydicts="strict"):
            found = _comment(row, naming)
            if found.text:
                yield found


def shown(engine: DuckDBEngine, naming: Naming) -> Iterator[tuple[Comment, Commented]]:
    """The same comments, but for those on unknown answers, beside what they are about."""
    for batch in engine.batches("critiques/shown", TEXT_ROWS):
        for row in batch.to_pylist(maps_as_pydicts="strict"):
            found = _comment(row, naming)
            if found.text:
                yield found, _view(row, found.text)


def _comment(row: Mapping[str, Any], naming: Naming) -> Comment:
    text = comment_of(row["rationales"])
    fault: Fault | None = "too_long" if len(text) > LONGEST_COMMENT else None
    return Comment(
        key=naming.of(row["prompt_id"], row["candidate_id"], text),
        event_id=row["event_id"],
        prompt_id=row["prompt_id"],
        candidate_id=row["candidate_id"],
        text=text,
        fault=fault if row["is_known"] else "unknown_answer",
    )


def _view(row: Mapping[str, Any], text: str) -> Commented:
    return Commented(
        messages=tuple(map(Message.model_validate, row["messages"])),
        media=tuple(map(Medium.model_validate, row["media"])),
        answer=row["response"],
        comment=text,
    )
