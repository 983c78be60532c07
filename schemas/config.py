"""curate.toml as one model. Secrets are never in it: they come from the environment.

Every section has defaults, so an empty file is a valid workspace. What a setting means is said in
its field's description, which is also what editors show (docs/curate.schema.json).
"""

from typing import Annotated, Any

from pydantic import Field, field_validator

from schemas.base import Record
from schemas.config_curation import Benchmark, DedupeSection, FilterRule, SplitSection
from schemas.config_judge import JudgeSection
from schemas.config_pairs import LimitsSection, PairsSection, ScoreSection
from schemas.config_routing import LabelStudioSection, RouteSection, SelectSection
from schemas.languages import Language
from schemas.rubric import Metric


class RubricSection(Record):
    """A preset by name, or metrics of one's own."""

    preset: str | None = Field(default=None, description="five-metric or mm-rlhf")
    name: str = Field(default="own", description="what a rubric of your own is called")
    instructions: str = Field(default="", description="what raters read before all metrics")
    ranking: bool = Field(default=False, description="also ask for an order of the answers")
    metric: tuple[Metric, ...] = Field(
        default=(), description="the metrics of a rubric of your own, in the order they are asked"
    )


class ExportSection(Record):
    """What `curate export` writes when no --format is given, and how; what `curate push` may send.

    A push refuses ids of people other than `pseudonyms` and the `h-...` that the tool gives.
    """

    formats: tuple[str, ...] = Field(
        default=("trl",), description="the formats where no --format is given"
    )
    shard_mb: Annotated[int, Field(ge=1)] = Field(
        default=500, description="a Parquet shard ends before it would pass this"
    )
    k: Annotated[float, Field(gt=0, allow_inf_nan=False)] = Field(
        default=0.5,
        description="the scale of MM-RLHF's ls_factor = 1 - exp(-k max(delta, 0))",
    )
    reward_margin: bool = Field(
        default=False, description="trl-reward carries the margin, which its trainer subtracts"
    )
    threshold: Annotated[float, Field(allow_inf_nan=False)] | None = Field(
        default=None, description="the least score of a best answer, in points of the rubric"
    )
    pseudonyms: tuple[str, ...] = Field(
        default=(), description="rater ids of people, out of your own sources, that name nobody"
    )
    title: Annotated[str, Field(max_length=100)] = Field(
        default="", description="what the card calls the set; unset: the repository's name"
    )
    description: Annotated[str, Field(max_length=2000)] = Field(
        default="",
        description="what the set is, for the head of the card; a blank line parts paragraphs",
    )
    languages: tuple[Language, ...] = Field(
        default=(), description='of the texts, as ISO 639 codes ("en", "yue"), for the card'
    )

    @field_validator("languages")
    @classmethod
    def _names_each_language_once(cls, named: tuple[str, ...]) -> tuple[str, ...]:
        """The card's head lists them, so each is there once."""
        if len(set(named)) != len(named):
            raise ValueError("a language is named twice")
        return named


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
