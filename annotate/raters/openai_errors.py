"""What the errors of OpenAI-compatible servers mean for the run.

Published for api.openai.com at https://platform.openai.com/docs/guides/error-codes; other servers
keep to its statuses, and to its body more or less.
"""

from collections.abc import Mapping
from typing import Any

from annotate.base import Reply, StopRun
from annotate.raters import delays
from annotate.raters.access import Scrub
from annotate.raters.problems import Problem, Service, of_status
from schemas.event import Usage

SERVICE = Service(
    "the OpenAI-compatible server",
    "set OPENAI_API_KEY to a key that the server at base_url takes",
    "see GET base_url/models for the models it has, and whether base_url ends as it must",
)
FILTERED = {"content_filter", "content_policy_violation"}


def of_error(code: int, body: Any, scrub: Scrub, headers: Mapping[str, str]) -> Problem | Reply:
    """The problem behind an error answer, or the reply that the prompt is blocked."""
    error = body if isinstance(body, dict) else {"message": body or ""}
    kinds = [kind for kind in (error.get("code"), error.get("type")) if isinstance(kind, str)]
    # FastAPI, under several of these servers, has its own body for its own errors.
    message = str(error.get("message") or error.get("detail") or "")
    said = scrub(message)
    if code == 400 and kinds and kinds[0] in FILTERED:
        return Reply("", "blocked", Usage(), None, f"prompt: {kinds[0]}")
    if code == 429 and "insufficient_quota" in kinds:
        return StopRun(f"the account's quota is used up ({said})", "add credit or raise its limit")
    after = delays.in_headers(headers)
    after = delays.in_words(message) if after is None else after
    return of_status(code, said, SERVICE, after)
