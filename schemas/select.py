"""Which prompts are worth annotating: the rows of selected.parquet."""

from typing import Literal

from schemas.base import Hex32, Record, Score

TaskType = Literal["mcq", "long", "short", "safety", "video", "unknown"]
DrawName = Literal["clusters", "diversity", "disagreement", "uniform"]
Basis = Literal["cluster", "distance", "votes", "answers", "chance"]


class Selected(Record):
    """One prompt to annotate, and why it was taken.

    `place` counts from 1 within its task type, so the first of each are a selection too. `basis` is
    what it was taken by: its share of a `cluster`, its `distance` to those before it, the `votes`
    or the `answers` that differ most, or `chance`. `score` is that distance or difference, greater
    first. `probability` is that with which it was drawn of the prompts of its cluster (or of those
    drawn by chance) of its task type; null where nothing was drawn.
    """

    prompt_id: Hex32
    task_type: TaskType
    draw: DrawName
    basis: Basis
    cluster: int | None = None
    place: int
    score: Score | None = None
    probability: Score | None = None
