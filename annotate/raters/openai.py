"""A model behind an OpenAI-compatible server as a rater: vLLM, SGLang, Ollama, LM Studio."""

import asyncio
from typing import TYPE_CHECKING

from annotate.base import Reply, Request
from annotate.raters import transport
from annotate.raters.access import Scrub, checked_key, checked_url
from annotate.raters.answers import json_of
from annotate.raters.openai_errors import SERVICE, of_error
from annotate.raters.openai_reply import reply_of
from annotate.raters.openai_request import Json, body_of
from annotate.raters.problems import Problem, malformed

if TYPE_CHECKING:
    from openai import AsyncOpenAI

OFFICIAL = "https://api.openai.com/v1"
# What is sent where a server needs no key; unset, the SDK would send that of the environment.
NO_KEY = "EMPTY"


class OpenAICompatible:
    """A model of the server at `base_url`, that of OpenAI itself where it is None.

    A server of one's own needs no key. The key is in no text that leaves this class.
    """

    def __init__(self, model: str, *, key: str | None = None, base_url: str | None = None) -> None:
        self.model = model
        official = base_url is None or base_url.startswith(OFFICIAL)
        if key or official:
            key = checked_key(key, of=SERVICE.name, fix=SERVICE.mend_key)
        self._scrub = Scrub(key)
        # OpenAI's newer models refuse max_tokens, other servers may not know its new name.
        self._limit = "max_completion_tokens" if official else "max_tokens"
        self._client = _client(key or NO_KEY, checked_url(base_url) or OFFICIAL)

    async def ask(self, request: Request, *, timeout: float) -> Reply:  # noqa: ASYNC109 - the contract's
        """The reply to one request, sent once."""
        said = await self._said(self.body(request), timeout)
        if isinstance(said, Reply):
            return said
        if isinstance(said, str):
            return reply_of(json_of(said, self._scrub))
        # Raised out of any `except`: the SDK's errors hold requests with the key in their headers.
        raise said

    def body(self, request: Request) -> Json:
        """What is sent for a request."""
        return body_of(request, self.model, self._limit)

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.close()

    async def _said(self, body: Json, seconds: float) -> str | Reply | Problem:
        import openai

        try:
            # The SDK's limit holds for each read alone.
            async with asyncio.timeout(seconds):
                return await self._client.post(
                    "/chat/completions", cast_to=str, body=body, options={"timeout": seconds}
                )
        except openai.APIStatusError as error:
            return of_error(error.status_code, error.body, self._scrub, error.response.headers)
        except openai.APIConnectionError as error:
            return transport.of_connection(error.__cause__ or error, self._scrub)
        except transport.errors() as error:
            return transport.of_connection(error, self._scrub)
        except (openai.OpenAIError, ValueError) as error:
            return malformed(f"an answer that cannot be read ({type(error).__name__})")


def _client(key: str, base_url: str) -> "AsyncOpenAI":
    """The SDK's client with its own retries off."""
    from openai import AsyncOpenAI

    return AsyncOpenAI(api_key=key, base_url=base_url, max_retries=0)
