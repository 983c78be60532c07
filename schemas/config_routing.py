"""Settings of who rates what: selection, routes, and the annotators' page."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from schemas.base import NAME, Record, Share
from schemas.route import RouteTo
from schemas.select import DrawName, TaskType

NOT_A_RULE = ("default", "overlap", "blocked", "next", "unanswered", "not_selected")
"""What a route says where no rule of the config decided."""


class SelectSection(Record):
    """Which prompts are worth annotating; what `curate select` is not told by its options."""

    n: Annotated[int, Field(ge=1)] | None = Field(default=None, description="how many prompts")
    draw: DrawName = Field(
        default="clusters",
        description="equally many of each cluster, farthest first, where raters or answers "
        "differ most, or by chance",
    )
    ratio: dict[TaskType, Annotated[float, Field(ge=0, le=1_000_000)]] = Field(
        default={}, description="weights of task types; types not named keep their raw share"
    )
    clusters: Annotated[int, Field(ge=1)] = Field(
        default=100, description="of k-means, over all task types"
    )
    embeddings: str | None = Field(
        default=None,
        description="column:NAME, FILE.npz, FILE.parquet, sentence-transformers:MODEL or "
        "open_clip:MODEL@PRETRAINED; null is perceptual features",
    )
    where: str | None = Field(default=None, description="only prompts for which this SQL holds")
    seed: int = Field(default=0, description="of clusters and draws")

    @field_validator("ratio")
    @classmethod
    def _weighs_something(cls, ratio: dict[str, float]) -> dict[str, float]:
        """Prompts cannot be shared among weights that are all 0."""
        if ratio and not any(ratio.values()):
            raise ValueError("every task type has weight 0")
        return ratio


class RouteRule(Record):
    """Prompts for which `when` holds go to `to`; the first rule that holds decides."""

    name: Annotated[str, Field(pattern=NAME)] | None = Field(
        default=None, description="what routes.parquet calls it; else its number, from 1"
    )
    when: Annotated[str, Field(min_length=1)] = Field(
        description="a SQL predicate over prompts; docs/routing.md lists the columns"
    )
    to: RouteTo = Field(description="who rates them")
    raters: Annotated[int, Field(ge=1)] = Field(
        default=1, description="how many people, where people are asked"
    )


class RouteSection(Record):
    """Who rates what."""

    default: RouteTo = Field(default="judge", description="who rates what no rule names")
    overlap_share: Share = Field(
        default=0.05, description="of the prompts, drawn before the rules, for people and judge"
    )
    overlap_min: Annotated[int, Field(ge=0)] = Field(
        default=300, description="at least so many prompts of overlap, or all there are"
    )
    seed: int = Field(default=0, description="of the draw; another one draws other prompts")
    written: bool = Field(
        default=False, description="also have answers rated that annotators wrote"
    )
    rule: tuple[RouteRule, ...] = Field(
        default=(), description="in their order; the first whose predicate holds decides"
    )

    @field_validator("rule")
    @classmethod
    def _names_each_rule_once(cls, rules: tuple[RouteRule, ...]) -> tuple[RouteRule, ...]:
        """A route says which rule decided, so a name is there once and none of ours is taken."""
        names = [rule.name or str(number) for number, rule in enumerate(rules, start=1)]
        if len(set(names)) != len(names):
            raise ValueError("two rules have the same name")
        if taken := set(names) & set(NOT_A_RULE):
            raise ValueError(f"a rule cannot be named {min(taken)!r}")
        return rules


class LabelStudioSection(Record):
    """The annotators' page. The key of a server of your own: LABEL_STUDIO_API_KEY."""

    url: str | None = Field(
        default=None, description="a server of your own; null is the one of `curate label serve`"
    )
    raters: Annotated[int, Field(ge=1)] = Field(
        default=1, description="how many people rate a prompt, where no rule says it"
    )
    gold_share: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=0.0,
        description="so much of the tasks that go into a project are gold: their order is known",
    )
    qualification: Annotated[int, Field(ge=0)] = Field(
        default=0, description="how many gold prompts `curate label push --qualification` pushes"
    )
    review_share: Share = Field(
        default=0.0, description="of every rater's votes, how many `curate label review` draws"
    )
    ask: tuple[Literal["ranking", "metrics", "reasons"], ...] = Field(
        default=("ranking", "metrics", "reasons"), description="what people are asked for"
    )
    metrics: Literal["all", "weighted"] = Field(
        default="all", description="weighted: people score only what has a weight above 0"
    )
    show_reference: bool = Field(
        default=False, description="show people the source's reference answer"
    )
    media_url_prefix: Annotated[str, Field(pattern=r"^https?://")] | None = Field(
        default=None,
        description="where annotators' browsers find media by name; null is the managed server",
    )

    @field_validator("ask")
    @classmethod
    def _asks_for_a_vote(cls, ask: tuple[str, ...]) -> tuple[str, ...]:
        """Reasons alone prefer nothing."""
        if not {"ranking", "metrics"} & set(ask):
            raise ValueError("ask for ranking or for metrics")
        return ask
