"""Events: one line of a journal is one judgement, submission or failure.

Votes are never overwritten: an edit supersedes, a deletion is a tombstone. An event stands alone:
`rubric_id` spells its metrics and scales, so a journal taken from another workspace needs nothing
beside it.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from schemas.base import Amount, Count, Hex32, Moment, Record

RaterKind = Literal["human", "judge", "reward_model", "source"]
Verdict = Literal["ranked", "tie", "all_good", "all_bad"]
FailureReason = Literal[
    "blocked",
    "unparsable",
    "truncated",
    "timeout",
    "refused_by_server",
    "budget",
    "no_critique",
    "new_claim",
    "changed_verdict",
]
"""The last three refuse what a judge made of a person's comment: it is no fuller comment, it claims
what the comment does not, or it finds the answer better or worse than the person did."""

CHECKED = "checked"
"""The flag of an expansion that was held against its comment; without it, it is not used."""


class Rater(Record):
    """Who judged. `version` is the model version the server reported, null for people."""

    kind: RaterKind
    id: str = Field(min_length=1)
    version: str | None = None


class Answer(Record):
    """One answer as the rater saw it: `position` counts from 0 in the order shown.

    `scores` and `rationales` are by metric; the key `overall` is the rater's overall score or
    the reason for the answer as a whole.
    """

    candidate_id: Hex32
    position: Count | None = None
    scores: dict[str, float] = {}
    rationales: dict[str, str] = {}


class Failure(Record):
    """A judgement that did not come, and why."""

    reason: FailureReason
    detail: str = ""


class Usage(Record):
    """What a judgement took: tokens and US dollars of a judge, seconds of a person."""

    input_tokens: Amount = 0
    cached_tokens: Amount = 0
    output_tokens: Amount = 0
    thought_tokens: Amount = 0
    usd: float = 0.0
    seconds: float | None = None


class Event(Record):
    """One judgement, submission, comparison or failure about one prompt.

    `tiers` lists candidate ids best first, equals together. `confirmed` is false for an order
    that nobody touched, which is no vote. `sample` numbers repeated judgements of one rater, and
    `order_no` the orders in which it was shown the answers.
    `request_hash` is over all of what a judge was sent (model, wording, pictures, answers in their
    order, settings), so that it is never asked the same thing twice.
    `overall_scale` is the scale of a source's own `overall` beside the metrics of `rubric_id`.
    `reviews` is the event that an expert judged; such an event holds the expert's word and no vote.
    `expands` is the person's event of which a judge's words (`rationales.overall` of one answer)
    are a fuller version; such an event is no vote either.
    """

    event_id: Hex32
    at: Moment
    supersedes: Hex32 | None = None
    deleted: bool = False
    final: bool = False
    reviews: Hex32 | None = None
    expands: Hex32 | None = None
    prompt_id: Hex32
    rater: Rater
    rubric_id: str | None = None
    rubric_hash: str | None = None
    overall_scale: tuple[float, float] | None = None
    sample: Count = 0
    order_no: Count = 0
    request_hash: Hex32 | None = None
    answers: tuple[Answer, ...] = ()
    tiers: tuple[tuple[str, ...], ...] | None = None
    verdict: Verdict | None = None
    confirmed: bool = True
    rationale: str | None = None
    flags: tuple[str, ...] = ()
    failure: Failure | None = None
    usage: Usage | None = None

    @model_validator(mode="after")
    def _names_each_candidate_once(self) -> Self:
        """An answer is scored once and stands in one tier; scores need a rubric to be read by."""
        scored = [answer.candidate_id for answer in self.answers]
        if len(set(scored)) != len(scored):
            raise ValueError("an answer is listed twice")
        ranked = [candidate for tier in self.tiers or () for candidate in tier]
        if len(set(ranked)) != len(ranked):
            raise ValueError("an answer stands in two tiers")
        if any(answer.scores for answer in self.answers) and self.rubric_id is None:
            raise ValueError("scores without rubric_id")
        return self

    @model_validator(mode="after")
    def _votes_or_reviews(self) -> Self:
        """What judges a vote is none itself, so that nothing can count it as one."""
        if self.reviews and (self.answers or self.tiers or self.verdict or self.final):
            raise ValueError("a review that votes")
        return self

    @model_validator(mode="after")
    def _votes_or_expands(self) -> Self:
        """What words another's reason anew is no vote, and only a judge is asked to."""
        scored = any(answer.scores for answer in self.answers)
        votes = scored or self.tiers or self.verdict or self.final or self.reviews
        if self.expands and (votes or self.rationale or self.rater.kind != "judge"):
            raise ValueError("an expansion that votes, or that no judge made")
        return self
