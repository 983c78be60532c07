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

    name: str = Field(description="what a drop cites it by")
    path: str = Field(description="a file or folder in the workspace, or hf:REPO")


class FilterRule(Record):
    """Rows for which the SQL predicate `drop_when` holds leave with the reason `filter:<name>`."""

    name: Annotated[str, Field(pattern=NAME)] = Field(description="what drops are counted under")
    level: Literal["prompt", "candidate", "pair"] = Field(description="of which rows it is asked")
    drop_when: Annotated[str, Field(min_length=1)] = Field(
        description="a SQL predicate over the columns of such a row"
    )


class SplitSection(Record):
    """Shares of the prompts; what groups belong together is never torn."""

    validation: Share = Field(default=0.0, description="of the prompts with pairs")
    test: Share = Field(default=0.05, description="of the prompts with pairs")
    group_by: Literal["media", "prompt"] = Field(
        default="media",
        description="media: prompts that share a picture or a telling text stay together",
    )
    seed: int = Field(default=0, description="of the draw; another one draws other groups")
