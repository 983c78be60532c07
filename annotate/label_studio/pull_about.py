"""What a task is about, as its push recorded it: the prompt, the answers in order, the scales."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from annotate.label_studio import names
from schemas.base import Hex32
from schemas.rubric import LONGEST_SCALE, scales_of

Ids = Annotated[tuple[Hex32, ...], Field(min_length=names.FEWEST, max_length=names.MOST)]


class About(BaseModel):
    """The field `pairwright` of a task's data; more fields than these do no harm.

    `metrics` are those of the rubric that were asked for, None where all were.
    `expert` is the pseudonym of who decides an adjudication. `reviews` is the event of the vote
    under review, and `rater` whose vote it is.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    prompt_id: Hex32
    candidate_ids: Ids
    rubric_id: str
    rubric_hash: Hex32
    metrics: tuple[str, ...] | None = None
    purpose: str = "work"
    expert: str | None = None
    reviews: Hex32 | None = None
    rater: str | None = None

    @model_validator(mode="after")
    def _can_be_read_by(self) -> Self:
        """Answers are told apart, and every scale has two ends."""
        if len(set(self.candidate_ids)) != len(self.candidate_ids):
            raise ValueError("an answer is listed twice")
        for low, high in scales_of(self.rubric_id).values():
            if not 0 < high - low <= LONGEST_SCALE:
                raise ValueError("a scale has no two ends")
        if self.purpose == "review" and not (self.reviews and self.rater):
            raise ValueError("a review of no vote")
        return self

    @property
    def letters(self) -> str:
        """The letters of the answers, in the order shown."""
        return names.LETTERS[: len(self.candidate_ids)]

    @property
    def scales(self) -> dict[str, tuple[float, float]]:
        """The scale of each metric of the page, as its rubric_id spells it."""
        found = scales_of(self.rubric_id)
        asked = found if self.metrics is None else self.metrics
        return {name: scale for name, scale in found.items() if name in asked}

    def ids(self, letters: str) -> tuple[str, ...]:
        """The candidates behind letters."""
        return tuple(self.candidate_ids[names.LETTERS.index(it)] for it in letters)


def about_of(task: Mapping[str, Any]) -> About | None:
    """What a task is about; null where we did not push it or its record was spoiled."""
    data = task.get("data")
    try:
        return About.model_validate(data.get(names.ABOUT) if isinstance(data, Mapping) else None)
    except (ValidationError, ValueError):
        return None
