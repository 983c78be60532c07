"""What a build writes and the views it is made from: one class a table, one instance a row.

The Arrow schema of each table is made from its class (`schemas.arrow`), so the two cannot differ.
"""

from typing import Literal

from schemas.base import Hex32, Record, Score
from schemas.candidate import Medium, Message
from schemas.event import FailureReason, RaterKind, Verdict

Level = Literal["human", "judge", "source"]
ReasonKind = Literal["human", "expanded", "judge", "reward_model", "source"]
"""Who gave a reason: a kind of rater, or a judge that expanded a person's (`expanded`)."""

Split = Literal["train", "validation", "test"]
DeltaSource = Literal["reward_model", "calibration"]
DropLevel = Literal["row", "prompt", "candidate", "media", "pair"]


class Rating(Record):
    """One score by one rater: event x candidate x metric, a view of the live events."""

    event_id: Hex32
    rater_kind: RaterKind
    rater: str
    prompt_id: Hex32
    candidate_id: Hex32
    metric: str
    value: Score
    scale_min: Score
    scale_max: Score
    rationale: str | None
    rubric_id: str
    rubric_hash: str | None
    position: int | None


class Ranking(Record):
    """One rater's order of answers, best tier first: a view of the live events."""

    event_id: Hex32
    rater_kind: RaterKind
    rater: str
    prompt_id: Hex32
    tiers: tuple[tuple[str, ...], ...]
    verdict: Verdict | None
    confirmed: bool


class FailureRow(Record):
    """One judgement that did not come: a view of the live events."""

    event_id: Hex32
    prompt_id: Hex32
    rater_kind: RaterKind
    rater: str
    reason: FailureReason
    detail: str


class ScoreRow(Record):
    """The mean of one metric over the raters of one level, for one candidate and rubric.

    `spread` is the population standard deviation over raters, in points of the metric's scale.
    """

    prompt_id: Hex32
    candidate_id: Hex32
    rubric_id: str
    metric: str
    level: Level
    value: Score
    n_raters: int
    spread: Score


class SplitRow(Record):
    """One prompt that did not leave: its split, and those of its answers that did not leave.

    Prompts without a pair are there too, split by the same groups (DESIGN 5.8). `component` names
    the group: the smallest prompt_id among the prompts that leak into each other.
    """

    prompt_id: Hex32
    split: Split
    component: Hex32
    candidate_ids: tuple[Hex32, ...]


class Rationale(Record):
    """A rater's reason; `candidate_id` is null where it is about the ranking.

    `metric` is null where the reason is about the answer, or the ranking, as a whole. Under
    `expanded`, `text` is a person's reason as a judge expanded it, and `rater` is that person.
    """

    rater: str
    kind: ReasonKind
    candidate_id: Hex32 | None
    metric: str | None
    text: str


class Comparison(Record):
    """Two answers to one prompt and how raters compared them: the columns of pairs and ties.

    margin_raw is in weighted points of the rubric, margin is margin_raw as a share of the widest
    possible difference, tier_gap counts tiers; each is a mean over raters and null where no rater
    gave it (DESIGN 5.1 to 5.3). agreement is (W + T/2) / n for the preferred side. component is the
    prompt's in `splits`: what is cut into parts, for cross-fitting say, is cut by it.

    chosen_tokens and rejected_tokens are the tokens of the whole sequence of that side by [pairs]
    tokenizer: every turn of the prompt, its pictures and the answer, under the chat template where
    there is one, special tokens included. Null where no tokenizer is named, and where a sequence
    cannot be counted (the manifest warns of it).
    """

    pair_id: Hex32
    prompt_id: Hex32
    split: Split
    component: Hex32
    messages: tuple[Message, ...]
    media: tuple[Medium, ...]
    chosen: str
    rejected: str
    chosen_id: Hex32
    rejected_id: Hex32
    chosen_models: tuple[str, ...]
    rejected_models: tuple[str, ...]
    chosen_scores: dict[str, Score]
    rejected_scores: dict[str, Score]
    margin_raw: Score | None
    margin: Score | None
    tier_gap: Score | None
    n_raters: int
    agreement: Score
    level: Level
    rationales: tuple[Rationale, ...]
    similarity: Score | None
    chosen_tokens: int | None
    rejected_tokens: int | None
    reference: str | None
    source: str
    source_key: str | None
    licence: str | None
    attributes: dict[str, str]
    provenance: tuple[str, ...]


class PreferencePair(Comparison):
    """One preference: `chosen` over `rejected`.

    delta is a reward difference for dynamic reward scaling and never a sum of ratings, null where
    none is known (its scale is then 1; DESIGN 5.6). prompt_weight is 1 / pairs of the prompt.
    length_weight is 1 unless [pairs] length_weights asks for more or less.
    """

    delta: Score | None
    delta_source: DeltaSource | None
    prompt_weight: Score
    length_weight: Score
    policy: str


class Tie(Comparison):
    """Two answers that raters held equal; `chosen` is the one with the smaller candidate_id."""


class DroppedRow(Record):
    """One row that left, and why; `other_id` is what it lost to, `score` by how much.

    `id` is a prompt, candidate or pair id, or the place in the file for a row that never got one
    (`line`, from 1).
    """

    level: DropLevel
    id: str | None
    source: str | None
    line: int | None
    step: str
    reason: str
    detail: str | None
    other_id: str | None
    score: Score | None
