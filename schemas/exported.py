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
    """A prompt that did not leave the build, as every row of an export has it.

    `component` names the group of prompts that one split gets whole (schemas.pair.SplitRow).
    """

    prompt_id: Hex32
    split: Split
    component: Hex32
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

    All answers of a prompt are looked at on one basis, the first by which any of them has every
    weighted metric: a rubric of the build before a source's overall, then people before judges
    before sources, then the workspace's rubric before accepted ones. `scores` are the means on it
    by metric, `score` is their weighted sum in its points; an answer without every weighted metric
    there has no score, and neither rubric nor level. `full_marks` says that it has a score, and
    that every score that anyone of any level gave it on a weighted metric is the highest of its
    scale; an overall is no metric. `place` counts a prompt's answers from 1, best first: full
    marks, then score, without one last, then a seeded draw. `n_chosen` and `n_rejected` count the
    build's pairs that it stands in, but for those that an unproven judge alone decided, which
    `n_judged` counts; it is 0 where the judge is proven.
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
    place: int
    n_chosen: int
    n_rejected: int
    n_judged: int


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
