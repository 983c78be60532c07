"""Settings of what leaves before pairs are made, and of the split."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.base import NAME, Record, Share


class DedupeSection(Record):
    """Near-duplicates; exact duplicates within a prompt are always dropped. Off where unset."""

    response_jaccard: Share | None = Field(
        default=None, description="answers to a prompt this near are one where no rater tells them"
    )
    prompt_jaccard: Share | None = Field(
        default=None, description="prompts this near on the same media are one"
    )
    image_hamming: Annotated[int, Field(ge=0, le=64)] | None = Field(
        default=None, description="bits in which versions of a picture may differ; null is 10"
    )
    boilerplate: bool | None = Field(
        default=None,
        description="answers copied across prompts: true drops and false reports them",
    )


class Benchmark(Record):
    """A benchmark whose prompts must not be trained on."""

    name: str
    path: str


class FilterRule(Record):
    """Rows for which the SQL predicate `drop_when` holds leave with the reason `filter:<name>`."""

    name: Annotated[str, Field(pattern=NAME)]
    level: Literal["prompt", "candidate", "pair"]
    drop_when: Annotated[str, Field(min_length=1)]


class SplitSection(Record):
    """Shares of the prompts; what groups belong together is never torn."""

    validation: Share = 0.0
    test: Share = 0.05
    group_by: Literal["media", "prompt"] = "media"
    seed: int = 0
