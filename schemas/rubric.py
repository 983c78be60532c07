"""One rubric: what raters are asked, on which scales, and what a pair's score weighs.

`rubric_id` spells metric names and scales (what is comparable); `rubric_hash` covers the wording
too (judge cache, labelling page).
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from schemas.base import Record, content_id
from schemas.errors import ConfigError, did_you_mean

PRESETS = {"five-metric": "five_metric.toml", "mm-rlhf": "mm_rlhf.toml"}
OVERALL = "overall"

LONGEST_SCALE = 1000
"""From the least to the greatest score: every step is a button of a page or a word of a prompt."""

ScaleEnd = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]


class Metric(Record):
    """One question asked of every answer, scored in whole steps from `min` to `max`.

    `levels` says in words what a step means, by its number as text ("0", "1", ...). Weight 0 is
    asked and kept but does not count in a pair's score.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = Field(
        description="its column, in small letters"
    )
    question: str = Field(description="what raters are asked of every answer")
    min: ScaleEnd = Field(default=0, description="the lowest step of its scale")
    max: ScaleEnd = Field(default=4, description="the highest step of its scale")
    weight: Annotated[float, Field(ge=0, le=100)] = Field(
        default=1.0, description="what a point counts in a pair's score; 0 is asked and kept"
    )
    levels: dict[str, str] = Field(
        default={}, description="what a step means in words, by its number as text"
    )
    checks: tuple[str, ...] = Field(default=(), description="what to look at, one line each")

    @model_validator(mode="after")
    def _is_a_scale(self) -> Self:
        """A scale has at least two steps, and words only for steps that exist."""
        if self.min >= self.max:
            raise ValueError(f"metric {self.name!r}: min {self.min} is not below max {self.max}")
        if self.max - self.min > LONGEST_SCALE:
            raise ValueError(f"metric {self.name!r}: more than {LONGEST_SCALE:,} steps")
        steps = {str(step) for step in range(self.min, self.max + 1)}
        unknown = sorted(set(self.levels) - steps)
        if unknown:
            raise ValueError(f"metric {self.name!r}: level {unknown[0]!r} is not on its scale")
        return self


class Rubric(Record):
    """The metrics in the order they are asked, and what the page says above them."""

    name: str
    instructions: str = ""
    ranking: bool = False
    metric: Annotated[tuple[Metric, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_distinct_metrics(self) -> Self:
        """A metric's name is its column: it is there once, and one at least has weight."""
        names = [metric.name for metric in self.metric]
        if len(set(names)) != len(names):
            raise ValueError("two metrics have the same name")
        if not any(metric.weight for metric in self.metric):
            raise ValueError("every metric has weight 0, so no answer could ever be preferred")
        return self

    def model_copy(
        self, *, update: Mapping[str, Any] | None = None, deep: bool = False
    ) -> "Rubric":
        """A copy, whose ids are those of what it says and not of what it was copied from."""
        copied = super().model_copy(update=update, deep=deep)
        for name in ("rubric_id", "rubric_hash"):
            copied.__dict__.pop(name, None)
        return copied

    @cached_property
    def rubric_id(self) -> str:
        """Metric names and scales: what makes two ratings comparable."""
        return rubric_id_of({metric.name: (metric.min, metric.max) for metric in self.metric})

    @cached_property
    def rubric_hash(self) -> str:
        """32 hex digits over everything a rater reads."""
        return content_id(self.model_dump(mode="json", exclude={"name"}))

    def weights(self, overrides: Mapping[str, float]) -> dict[str, float]:
        """The weight of each metric, with `[score] weights` put over the rubric's own.

        Raises ConfigError for a metric the rubric does not have.
        """
        names = [metric.name for metric in self.metric]
        for name in overrides:
            if name not in names:
                raise ConfigError(
                    f"[score] weights: metric {name!r} unknown", did_you_mean(name, names)
                )
        return {metric.name: overrides.get(metric.name, metric.weight) for metric in self.metric}


def rubric_id_of(scales: Mapping[str, Sequence[float]]) -> str:
    """`name:min:max` of every metric, sorted by name and joined by commas."""
    return ",".join(
        f"{name}:{_number(scale[0])}:{_number(scale[1])}" for name, scale in sorted(scales.items())
    )


def scales_of(rubric_id: str) -> dict[str, tuple[float, float]]:
    """The metrics and scales that a rubric_id spells."""
    scales = {}
    for part in rubric_id.split(","):
        name, low, high = part.rsplit(":", 2)
        scales[name] = (float(low), float(high))
    return scales


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))
