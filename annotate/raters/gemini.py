"""Gemini as a rater, by generateContent of the google-genai SDK.

The body goes out as `extra_body` and comes back as text: so one mapping serves calls and batches,
and the SDK does not check and copy every field at each call, which takes half of its time.
"""

import asyncio
from typing import TYPE_CHECKING, Any, Literal

from annotate.base import Reply, Request
from annotate.raters import transport
from annotate.raters.access import Scrub, checked_key, checked_url
from annotate.raters.answers import json_of
from annotate.raters.gemini_client import Connected, connect, sdk_errors
from annotate.raters.gemini_errors import SERVICE, of_error
from annotate.raters.gemini_reply import reply_of
from annotate.raters.gemini_request import body_of
from annotate.raters.problems import Problem, malformed

if TYPE_CHECKING:
    from google.genai import types

Tier = Literal["standard", "flex"]
Level = Literal["minimal", "low", "medium", "high"]


class Gemini:
    """A model of the Gemini API. It belongs to the event loop of its first call.

    `service_tier` "flex" is half the price and may take minutes. Safety settings are the
    service's own. The key is in no text that leaves this class.
    """

    def __init__(
        self,
        model: str,
        *,
        key: str | None,
        base_url: str | None = None,
        service_tier: Tier | None = None,
        thinking_level: Level | None = None,
    ) -> None:
        self.model = model
        self._key = checked_key(key, of=SERVICE.name, fix=SERVICE.mend_key)
        self._scrub = Scrub(self._key)
        self._base_url = checked_url(base_url)
        self._tier, self._level = service_tier, thinking_level
        self._connected: Connected | None = None

    async def ask(self, request: Request, *, timeout: float) -> Reply:  # noqa: ASYNC109 - the contract's
        """The reply to one request, sent once."""
        body = body_of(request, self._level)
        if self._tier is not None:
            body["serviceTier"] = self._tier
        said = await self._said(body, timeout)
        if isinstance(said, str):
            return reply_of(json_of(said, self._scrub))
        # Raised out of any `except`: the SDK's errors hold requests with the key in their headers.
        raise said

    async def close(self) -> None:
        """Let go of connections."""
        connected, self._connected = self._connected, None
        if connected is not None:
            await connected.close()

    async def _said(self, body: dict[str, Any], seconds: float) -> str | Problem:
        if self._connected is None:
            self._connected = connect(self._key, self._base_url)
        client = self._connected.client
        try:
            # The SDK's limit is told to the server, but on httpx2 holds for each read alone.
            async with asyncio.timeout(seconds):
                response = await client.aio.models.generate_content(
                    model=self.model, contents=_nothing(), config=_raw(body, seconds)
                )
        except sdk_errors() as error:
            return problem_of(error, self._scrub)
        answer = response.sdk_http_response
        return (answer.body or "") if answer is not None else ""


def problem_of(error: Exception, scrub: Scrub) -> Problem:
    """What an error of the SDK means for the run."""
    from google.genai import errors

    if isinstance(error, errors.APIError):
        headers = getattr(error.response, "headers", None)
        return of_error(error.code, error.details, scrub, headers)
    if isinstance(error, transport.errors()):
        return transport.of_connection(error, scrub)
    return malformed(f"an answer that cannot be read ({type(error).__name__})")


def _nothing() -> "types.Content":
    """Contents that `extra_body` replaces; were they ever sent, the server would refuse them."""
    from google.genai import types

    return types.Content(role="user", parts=[])


def _raw(body: dict[str, Any], seconds: float) -> "types.GenerateContentConfig":
    """The settings of a call that sends `body` and gives back the answer's text unread.

    No continuation and no tools: a call is one request, or spending could not be counted.
    """
    from google.genai import types

    return types.GenerateContentConfig(
        should_return_http_response=True,
        automatic_continuation=False,
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        http_options=types.HttpOptions(extra_body=body, timeout=max(1, int(seconds * 1000))),
    )
