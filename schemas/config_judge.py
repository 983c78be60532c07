"""Settings of the judge: its model, how it is asked, what it may cost."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Record

Provider = Literal["gemini", "openai", "replay"]


class JuryMember(Record):
    """One judge of a jury."""

    provider: Provider = Field(default="gemini", description="as in [judge]")
    model: str = Field(description="its name at the provider")
    base_url: str | None = Field(default=None, description="as in [judge]")


class Price(Record):
    """A model's price in US dollars per million tokens, valid until a day."""

    model: str = Field(description="the model's name at the provider")
    input: Annotated[float, Field(ge=0)] = Field(description="US dollars a million tokens sent")
    output: Annotated[float, Field(ge=0)] = Field(
        description="US dollars a million tokens of the reply, thoughts among them"
    )
    cached_input: Annotated[float, Field(ge=0)] | None = Field(
        default=None, description="of tokens that the provider had cached; null is as input"
    )
    valid_until: date = Field(description="the last day on which it holds")


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
