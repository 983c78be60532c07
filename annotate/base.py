"""What a rater is: one request in, one reply out, and every way a request can fail.

A rater only builds, sends and classifies; waiting, retrying, spending and journaling are the
runner's (annotate/running/runner.py), so that every rater does them alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from schemas.errors import PairwrightError
from schemas.event import FailureReason, Usage

Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a turn."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a turn: its encoded bytes."""

    data: bytes
    mime_type: str


Part = Text | Picture


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of what a model is sent, parts in their order."""

    role: Role
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What one call sends. `schema` is the JSON Schema of the answer, None for free text.

    `temperature`, `seed` and `top_p` are sent only where they are set.
    """

    turns: tuple[Turn, ...]
    system: str = ""
    schema: Mapping[str, Any] | None = None
    max_output_tokens: int = 4096
    temperature: float | None = None
    seed: int | None = None
    top_p: float | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `usage` counts tokens; its dollars are the runner's to fill in.

    `finish` is `stop` for a whole answer, `truncated` where the output limit cut it (the text may
    be empty and is billed all the same), `blocked` where prompt or answer was refused for good.
    `model_version` is what the server says it ran, which may not be what was asked for.
    """

    text: str
    finish: Literal["stop", "truncated", "blocked"]
    usage: Usage
    model_version: str | None = None
    detail: str = ""


class TryAgain(Exception):  # noqa: N818 - an instruction to the runner, not an error of ours
    """The call failed in a way that may pass. `after` is the server's own delay in seconds.

    `throttled` says that the server asks for less traffic. `may_be_billed` says that the request
    may have been worked on although no answer came (a timeout, a cut connection).
    """

    def __init__(
        self,
        reason: FailureReason,
        detail: str,
        *,
        after: float | None = None,
        throttled: bool = False,
        may_be_billed: bool = False,
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.after = after
        self.throttled = throttled
        self.may_be_billed = may_be_billed


class GiveUp(Exception):  # noqa: N818 - as TryAgain
    """This call can never succeed (the server calls the request itself wrong); others may."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class StopRun(PairwrightError):  # noqa: N818 - as TryAgain
    """No call can succeed: the key is invalid, the model unknown, the day's quota gone."""


class Rater(Protocol):
    """A model behind a server, or recorded answers. `model` is the name asked for."""

    model: str

    async def ask(self, request: Request, *, timeout: float) -> Reply:  # noqa: ASYNC109 - the server's client takes it
        """The reply to one request, within `timeout` seconds and without retries.

        Raises TryAgain, GiveUp or StopRun, and nothing else, for whatever the server does.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
