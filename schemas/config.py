"""curate.toml as one model. Secrets are never in it: they come from the environment.

Every section has defaults, so an empty file is a valid workspace. What a setting means is said in
its field's description, which is also what editors show (docs/curate.schema.json).
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from schemas.base import Record
from schemas.rubric import Metric

Share = Annotated[float, Field(ge=0, le=1)]
PolicyName = Literal["mllm-dpo", "all-ranked", "best-vs-worst", "best-vs-rest", "adjacent"]
Provider = Literal["gemini", "openai", "replay"]


class RubricSection(Record):
    """A preset by name, or metrics of one's own."""

    preset: str | None = Field(default=None, description="five-metric or mm-rlhf")
    name: str = "own"
    instructions: str = ""
    ranking: bool = False
    metric: tuple[Metric, ...] = ()


class RouteRule(Record):
    """Prompts for which `when` holds go to `to`; the first rule that holds decides."""

    when: str
    to: Literal["human", "judge", "both", "none"]
    raters: Annotated[int, Field(ge=1)] = 1


class RouteSection(Record):
    """Who rates what."""

    default: Literal["human", "judge", "both", "none"] = "judge"
    overlap_share: Share = 0.05
    overlap_min: Annotated[int, Field(ge=0)] = 300
    rule: tuple[RouteRule, ...] = ()


class JuryMember(Record):
    """One judge of a jury."""

    provider: Provider = "gemini"
    model: str
    base_url: str | None = None


class Price(Record):
    """A model's price in US dollars per million tokens, valid until a day."""

    model: str
    input: Annotated[float, Field(ge=0)]
    output: Annotated[float, Field(ge=0)]
    cached_input: Annotated[float, Field(ge=0)] | None = None
    valid_until: date


class JudgeSection(Record):
    """The AI judge."""

    provider: Provider = "gemini"
    model: str | None = None
    base_url: str | None = None
    mode: Literal["listwise", "pointwise", "pairwise"] = "listwise"
    orders: Annotated[int, Field(ge=1)] = 2
    samples: Annotated[int, Field(ge=1)] = 1
    concurrency: Annotated[int, Field(ge=1)] = 32
    budget_usd: Annotated[float, Field(ge=0)] | None = None
    tier: Literal["standard", "flex", "batch"] = "standard"
    use_reference: bool = False
    jury: tuple[JuryMember, ...] = ()
    price: tuple[Price, ...] = ()


class LabelStudioSection(Record):
    """The annotators' page."""

    url: str | None = None
    raters: Annotated[int, Field(ge=1)] = 1
    gold_share: Share = 0.0
    review_share: Share = 0.0
    ask: tuple[Literal["ranking", "metrics", "reasons"], ...] = ("ranking", "metrics", "reasons")
    show_reference: bool = False


class DedupeSection(Record):
    """Near-duplicates; exact duplicates within a prompt are always dropped. Off where unset."""

    response_jaccard: Share | None = None
    prompt_jaccard: Share | None = None
    image_hamming: Annotated[int, Field(ge=0, le=64)] | None = None
    boilerplate: bool = False


class Benchmark(Record):
    """A benchmark whose prompts must not be trained on."""

    name: str
    path: str


class FilterRule(Record):
    """Rows for which the SQL predicate `drop_when` holds leave with the reason `filter:<name>`."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    level: Literal["prompt", "candidate", "pair"]
    drop_when: Annotated[str, Field(min_length=1)]


class ScoreSection(Record):
    """How votes become scores."""

    weights: dict[str, Annotated[float, Field(ge=0, le=100)]] = Field(
        default={}, description="put over the rubric's own weights, by metric"
    )
    prefer: Literal["human"] = "human"
    rater_weights: Literal["none", "reliability"] = "none"
    calibrate: bool = False
    accept_rubrics: tuple[str, ...] = Field(
        default=(), description="rubric_ids, beside the workspace's own, whose scores count"
    )


class VetoRule(Record):
    """A pair leaves where the chosen answer's mean on `metric` is below `min` or the rejected's.

    The mean is over raters who scored the metric on both; a pair nobody scored is not vetoed.
    """

    metric: str
    min: float


class MixSection(Record):
    """The share of text-only prompts among the pairs."""

    text_share: Share | None = None


class PairsSection(Record):
    """How scores become pairs. Null means what the rubric's preset says."""

    policy: PolicyName | None = None
    min_margin: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="in weighted points of the rubric (margin_raw)"
    )
    min_consensus: Share = 0.0
    on_conflict: Literal["drop", "ranking", "scores", "adjudicate"] = "drop"
    unstable_above: Share = Field(
        default=0.25,
        description="a judge whose orders differ by more of the widest difference gives no vote",
    )
    per_prompt: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="at most so many pairs of a prompt, the widest first"
    )
    veto: tuple[VetoRule, ...] | None = None
    mix: MixSection = MixSection()
    seed: int = 0


class SplitSection(Record):
    """Shares of the prompts; what groups belong together is never torn."""

    validation: Share = 0.0
    test: Share = 0.05
    group_by: Literal["media", "prompt"] = "media"
    seed: int = 0


class ExportSection(Record):
    """What `curate export` writes when no --format is given."""

    formats: tuple[str, ...] = ("trl",)
    shard_mb: Annotated[int, Field(ge=1)] = 500


class Config(Record):
    """The whole of curate.toml."""

    rubric: RubricSection = RubricSection(preset="five-metric")
    route: RouteSection = RouteSection()
    judge: JudgeSection = JudgeSection()
    label_studio: LabelStudioSection = LabelStudioSection()
    dedupe: DedupeSection = DedupeSection()
    decontaminate: tuple[Benchmark, ...] = ()
    filter: tuple[FilterRule, ...] = ()
    score: ScoreSection = ScoreSection()
    pairs: PairsSection = PairsSection()
    split: SplitSection = SplitSection()
    export: ExportSection = ExportSection()

    @field_validator("filter")
    @classmethod
    def _names_each_filter_once(cls, rules: tuple[FilterRule, ...]) -> tuple[FilterRule, ...]:
        """A filter's name is the reason of what it drops, so it is there once."""
        names = [rule.name for rule in rules]
        if len(set(names)) != len(names):
            raise ValueError("two filters have the same name")
        return rules


def config_schema() -> dict[str, Any]:
    """The JSON schema of curate.toml, for editors and for docs/curate.schema.json."""
    schema = Config.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "curate.toml"
    return schema
