"""Rows that exports read beside pairs: answers with their scores, references, raw votes.

They are made from a build and the workspace when a format asks for them, and are not kept.
"""

from typing import Literal

from schemas.base import Hex32, Record, Score
from schemas.candidate import Medium, Message, Origin
from schemas.event import RaterKind, Verdict
from schemas.pair import Level, Split

ExportTable = Literal["pairs", "ties", "answers", "references", "votes"]


class AskedRow(Record):
    """A prompt that did not leave the build, as every row of an export has it."""

    prompt_id: Hex32
    split: Split
    messages: tuple[Message, ...]
    media: tuple[Medium, ...]
    source: str
    source_key: str | None
    licence: str | None
    attributes: dict[str, str]


class ReferenceRow(AskedRow):
    """A prompt with the reference answer that its source brought."""

    reference: str


class AnswerRow(AskedRow):
    """One answer that did not leave the build, with its means over the raters of one level.

    All answers of a prompt are looked at on one level and rubric, the first that scored any of
    them whole: people, then judges, then sources; the workspace's rubric, then accepted ones, then
    a source's overall. `scores` are those means by metric, `score` is their weighted sum in points
    of the rubric, null (with `level`) where a weighted metric is missing. `full_marks` says that
    every judgement of every level gave every weighted metric its highest value. `place` counts a
    prompt's answers from 1, best first: full marks, then score, then a seeded draw; null without
    a score. `n_chosen` and `n_rejected` count the build's pairs that it stands in.
    """

    candidate_id: Hex32
    response: str
    origin: Origin
    models: tuple[str, ...]
    scores: dict[str, Score]
    score: Score | None
    rubric_id: str | None
    level: Level | None
    n_raters: int
    full_marks: bool
    place: int | None
    n_chosen: int
    n_rejected: int


class VoteRow(Record):
    """What one live event says of one answer, beside the mean over the raters of its level.

    `tier` counts from 1, best first, null where the event does not rank the answer; `scores` and
    `rationales` are by metric, `overall` for the answer as a whole. `mean_scores` are the build's
    means of the same rubric and level.
    """

    prompt_id: Hex32
    split: Split
    messages: tuple[Message, ...]
    candidate_id: Hex32
    response: str
    models: tuple[str, ...]
    event_id: Hex32
    rater_kind: RaterKind
    rater: str
    rater_version: str | None
    rubric_id: str | None
    rubric_hash: str | None
    sample: int
    order_no: int
    position: int | None
    scores: dict[str, Score]
    rationales: dict[str, str]
    tier: int | None
    verdict: Verdict | None
    confirmed: bool
    final: bool
    rationale: str | None
    mean_scores: dict[str, Score]
