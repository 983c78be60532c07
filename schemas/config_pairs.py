"""Settings of how votes become scores and pairs, and of what is warned of."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Record, Share

PolicyName = Literal["mllm-dpo", "all-ranked", "best-vs-worst", "best-vs-rest", "adjacent"]


class ScoreSection(Record):
    """How votes become scores."""

    weights: dict[str, Annotated[float, Field(ge=0, le=100)]] = Field(
        default={}, description="put over the rubric's own weights, by metric"
    )
    prefer: Literal["human"] = Field(
        default="human", description="where a person compared two answers, judges do not count"
    )
    rater_weights: Literal["none", "reliability"] = Field(
        default="none",
        description="reliability: people's votes count by how reliable three or more show them",
    )
    calibrate: bool = Field(
        default=False, description="give pairs a delta out of the judge's calibration on people"
    )
    reward_deltas: bool = Field(
        default=True,
        description="give pairs a delta by a reward model's scores, where there are any",
    )
    reward_model: Annotated[str, Field(min_length=1)] | None = Field(
        default=None,
        description="id of the reward model that gives pairs a delta, where several have scored",
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

    metric: str = Field(description="a metric of the rubric")
    min: float = Field(description="the least mean that a chosen answer may have")


class MixSection(Record):
    """The share of text-only prompts among the pairs."""

    text_share: Share | None = Field(
        default=None, description="of the pairs, how many at most are on text-only prompts"
    )


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

    policy: PolicyName | None = Field(
        default=None, description="which of a prompt's preferences become pairs"
    )
    min_margin: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="in weighted points of the rubric (margin_raw)"
    )
    min_consensus: Share = Field(
        default=0.0, description="(wins - losses) / raters is at least this"
    )
    on_conflict: Literal["drop", "ranking", "scores", "adjudicate"] = Field(
        default="drop", description="which counts where a rater's ranking and scores contradict"
    )
    unstable_above: Share = Field(
        default=0.25,
        description="a judge whose orders differ by more of the widest difference gives no vote",
    )
    per_prompt: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="at most so many pairs of a prompt, the widest first"
    )
    veto: tuple[VetoRule, ...] | None = Field(
        default=None, description="chosen answers that a metric forbids"
    )
    length_weights: bool = Field(
        default=False, description="weigh pairs so that long and short answers win alike"
    )
    tokenizer: Annotated[str, Field(min_length=1)] | None = Field(
        default=None,
        description="counts tokens of each side: a folder, or OWNER/NAME@REVISION of the Hub",
    )
    max_tokens: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="a pair with a side of more tokens leaves (over_length)"
    )
    cap: CapSection = Field(default=CapSection(), description="the most pairs of one kind")
    mix: MixSection = Field(default=MixSection(), description="shares of kinds of prompts")
    seed: int = Field(default=0, description="of every draw among pairs")

    @model_validator(mode="after")
    def _counts_what_it_limits(self) -> Self:
        """Only a tokenizer says how many tokens a side has."""
        if self.max_tokens is not None and self.tokenizer is None:
            raise ValueError("max_tokens needs a tokenizer: name one, or leave max_tokens out")
        return self


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
