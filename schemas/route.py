"""Who rates a prompt: the rows of routes.parquet."""

from typing import Literal

from schemas.base import Count, Hex32, Record, Score

RouteTo = Literal["human", "judge", "both", "none"]


class Route(Record):
    """Who rates one prompt, and which of its answers.

    `raters` is how many people are wanted. `rule` is what decided: a rule's name or number, or
    `default`, `overlap`, `blocked`, `next`, `unanswered` or `not_selected`. Only votes on prompts
    of the `overlap` may calibrate a judge; `inclusion_probability` is the probability with which
    the prompt was drawn for it. `candidate_ids` are the answers to rate, sorted; once `frozen` they
    stay as they are, since people may have seen them.
    """

    prompt_id: Hex32
    to: RouteTo
    raters: Count
    rule: str
    overlap: bool
    inclusion_probability: Score
    n_answers: Count
    candidate_ids: tuple[Hex32, ...]
    frozen: bool
