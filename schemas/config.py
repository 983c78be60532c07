"""curate.toml as one model. Secrets are never in it: they come from the environment.

Every section has defaults, so an empty file is a valid workspace. What a setting means is said in
its field's description, which is also what editors show (docs/curate.schema.json).
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from schemas.base import Record
from schemas.route import RouteTo
from schemas.rubric import Metric
from schemas.select import DrawName, TaskType

Share = Annotated[float, Field(ge=0, le=1)]
PolicyName = Literal["mllm-dpo", "all-ranked", "best-vs-worst", "best-vs-rest", "adjacent"]
Provider = Literal["gemini", "openai", "replay"]
NAME = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
NOT_A_RULE = ("default", "overlap", "blocked", "next", "unanswered", "not_selected")
"""What a route says where no rule of the config decided."""


class RubricSection(Record):
    """A preset by name, or metrics of one's own."""

    preset: str | None = Field(default=None, description="five-metric or mm-rlhf")
    name: str = "own"
    instructions: str = ""
    ranking: bool = False
    metric: tuple[Metric, ...] = ()


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
    to: RouteTo
    raters: Annotated[int, Field(ge=1)] = Field(
        default=1, description="how many people, where people are asked"
    )


class RouteSection(Record):
    """Who rates what."""

    default: RouteTo = "judge"
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
    rule: tuple[RouteRule, ...] = ()

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
    """The AI judge. Keys come from the environment: GEMINI_API_KEY, OPENAI_API_KEY."""

    provider: Provider = Field(
        default="gemini",
        description="gemini, openai (any compatible server) or replay (recorded judgements)",
    )
    model: str | None = Field(default=None, description="its name at the provider")
    base_url: str | None = Field(
        default=None,
        description="the server's address; of replay the file, from the workspace on",
    )
    mode: Literal["listwise", "pointwise", "pairwise"] = Field(
        default="listwise",
        description="all answers of a prompt in one call, one answer, or two answers",
    )
    orders: Annotated[int, Field(ge=1)] = Field(
        default=2,
        description="in how many orders the answers are shown; 1 cannot tell a judge's leaning",
    )
    samples: Annotated[int, Field(ge=1)] = Field(
        default=1, description="how often each order is asked"
    )
    concurrency: Annotated[int, Field(ge=1)] = Field(
        default=32, description="the most requests in flight"
    )
    rpm: Annotated[float, Field(gt=0)] | None = Field(
        default=None, description="the most requests a minute"
    )
    tpm: Annotated[float, Field(gt=0)] | None = Field(
        default=None, description="the most input tokens a minute"
    )
    timeout_s: Annotated[float, Field(gt=0)] | None = Field(
        default=None, description="seconds for one attempt; null is 120, and 900 for tier flex"
    )
    budget_usd: Annotated[float, Field(ge=0)] | None = Field(
        default=None,
        description="a hard cap in US dollars over all judge runs of the workspace together",
    )
    tier: Literal["standard", "flex", "batch"] = Field(
        default="standard",
        description="Gemini's half-price tiers: flex takes minutes a call, batch up to a day",
    )
    poll_s: Annotated[float, Field(gt=0)] = Field(
        default=60.0, description="seconds between two looks at a batch job"
    )
    use_reference: bool = Field(
        default=False, description="show the judge the source's reference answer"
    )
    max_side: Annotated[int, Field(ge=28)] = Field(
        default=1568, description="pictures are sent with no side longer than so many pixels"
    )
    frames: Annotated[int, Field(ge=1)] = Field(
        default=8, description="a video is sent as so many frames, evenly spread"
    )
    thinking_level: Literal["minimal", "low", "medium", "high"] | None = Field(
        default=None, description="of Gemini; null is the model's own"
    )
    temperature: Annotated[float, Field(ge=0, le=2)] | None = Field(
        default=None, description="null is the model's own"
    )
    jury: tuple[JuryMember, ...] = Field(
        default=(), description="several judges, in place of provider, model and base_url"
    )
    price: tuple[Price, ...] = Field(
        default=(), description="your own prices; they replace those that come with the tool"
    )


class LabelStudioSection(Record):
    """The annotators' page. The key of a server of your own: LABEL_STUDIO_API_KEY."""

    url: str | None = Field(
        default=None, description="a server of your own; null is the one of `curate label serve`"
    )
    raters: Annotated[int, Field(ge=1)] = 1
    gold_share: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=0.0,
        description="so much of the tasks that go into a project are gold: their order is known",
    )
    qualification: Annotated[int, Field(ge=0)] = Field(
        default=0, description="how many gold prompts `curate label push --qualification` pushes"
    )
    review_share: Share = 0.0
    ask: tuple[Literal["ranking", "metrics", "reasons"], ...] = Field(
        default=("ranking", "metrics", "reasons"), description="what people are asked for"
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


class ScoreSection(Record):
    """How votes become scores."""

    weights: dict[str, Annotated[float, Field(ge=0, le=100)]] = Field(
        default={}, description="put over the rubric's own weights, by metric"
    )
    prefer: Literal["human"] = "human"
    rater_weights: Literal["none", "reliability"] = Field(
        default="none",
        description="reliability: people's votes count by how reliable three or more show them",
    )
    calibrate: bool = Field(
        default=False, description="give pairs a delta out of the judge's calibration on people"
    )
    interval: Annotated[float, Field(gt=0, le=0.5)] = Field(
        default=0.05, description="the half width wished of the judge's accuracy against people"
    )
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


class CapSection(Record):
    """At most so many pairs, drawn by seed: drawing pairs away is the last resort."""

    source: Annotated[int, Field(ge=1)] | None = Field(default=None, description="of one source")
    model: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="in which one model's answer is chosen"
    )
    longer: Annotated[float, Field(ge=0.5, le=1)] | None = Field(
        default=None, description="the share of a category's pairs that a longer answer may win"
    )


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
    length_weights: bool = Field(
        default=False, description="weigh pairs so that long and short answers win alike"
    )
    cap: CapSection = CapSection()
    mix: MixSection = MixSection()
    seed: int = 0


class LimitsSection(Record):
    """How much may be said by what should not matter, before a build warns; null never does.

    A build warns where all of a figure's interval is beyond, and `--strict` then fails.
    """

    first_shown: Share | None = Field(default=0.6, description="the answer shown first wins")
    swap_flips: Share | None = Field(
        default=0.3, description="a judge turns round when two answers are swapped"
    )
    own_family: Share | None = Field(
        default=None, description="a judge prefers answers by its own family of models"
    )
    own_family_excess: Share | None = Field(
        default=0.1, description="by how much more often than people it does"
    )
    longer_at_equal: Share | None = Field(
        default=0.65, description="a judge prefers the longer of answers that people hold equal"
    )
    refusal: Share | None = Field(default=None, description="a refusal is preferred to an answer")
    longer_rule: Share | None = Field(
        default=0.8, description="always taking the longer answer is right"
    )
    model_rule: Share | None = Field(
        default=0.9, description="always taking the model that wins more elsewhere is right"
    )

    def of(self, probe: str) -> float | None:
        """The limit of a probe; all parts of one share it."""
        found: float | None = getattr(self, probe.partition(".")[0])
        return found


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
    select: SelectSection = SelectSection()
    route: RouteSection = RouteSection()
    judge: JudgeSection = JudgeSection()
    label_studio: LabelStudioSection = LabelStudioSection()
    dedupe: DedupeSection = DedupeSection()
    decontaminate: tuple[Benchmark, ...] = ()
    filter: tuple[FilterRule, ...] = ()
    score: ScoreSection = ScoreSection()
    pairs: PairsSection = PairsSection()
    limits: LimitsSection = LimitsSection()
    split: SplitSection = SplitSection()
    export: ExportSection = ExportSection()

    @field_validator("decontaminate")
    @classmethod
    def _names_each_benchmark_once(cls, named: tuple[Benchmark, ...]) -> tuple[Benchmark, ...]:
        """A drop cites its benchmark by name, so it is there once."""
        names = [benchmark.name for benchmark in named]
        if len(set(names)) != len(names):
            raise ValueError("two benchmarks have the same name")
        return named

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
