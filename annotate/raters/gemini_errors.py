"""What Gemini's errors mean for the run.

The shapes are those of google.rpc.Status: a code, a status word, a message and typed details
(https://ai.google.dev/gemini-api/docs/troubleshooting).
"""

from collections.abc import Mapping
from typing import Any

from annotate.base import StopRun
from annotate.raters import delays
from annotate.raters.access import Scrub
from annotate.raters.answers import dict_of
from annotate.raters.problems import Problem, Service, of_status

SERVICE = Service(
    "Gemini",
    "set GEMINI_API_KEY to a key of https://aistudio.google.com/apikey",
    "see https://ai.google.dev/gemini-api/docs/models for the models there are",
)
# Codes of google.rpc.Code, which result lines of a batch carry, as the HTTP status that says
# whether to try again: what was cancelled, aborted or lost has not been judged yet.
HTTP_OF_RPC = {
    1: 499,
    2: 500,
    3: 400,
    4: 504,
    5: 404,
    6: 400,
    7: 403,
    8: 429,
    9: 400,
    10: 500,
    11: 400,
    12: 400,
    13: 500,
    14: 503,
    15: 500,
    16: 401,
}


def of_error(
    code: int, body: Any, scrub: Scrub, headers: Mapping[str, str] | None = None
) -> Problem:
    """The problem behind an error answer; `body` is its JSON, with or without the outer `error`."""
    error = dict_of(body)
    error = dict_of(error.get("error", error))
    message, details = str(error.get("message") or ""), error.get("details")
    said = scrub(message)
    if code == 400 and "API_KEY_INVALID" in _reasons(details):
        return of_status(401, f"API_KEY_INVALID: {said}", SERVICE)
    if code == 400 and error.get("status") == "FAILED_PRECONDITION":
        # No request can pass: the country is not served, or the project has no billing.
        return StopRun(f"Gemini does not serve this project ({said})", "see its billing and region")
    if code == 429 and (quota := _day_quota(details)):
        return StopRun(
            f"the day's quota is used up ({scrub(quota)})",
            "go on after midnight Pacific time, or raise the quota; what is done stays done",
        )
    after = delays.in_details(details)
    after = delays.in_words(message) if after is None else after
    after = delays.in_headers(headers or {}) if after is None else after
    return of_status(code, said, SERVICE, after)


def _reasons(details: Any) -> list[Any]:
    listed = details if isinstance(details, list) else []
    return [dict_of(detail).get("reason") for detail in listed]


def _day_quota(details: Any) -> str | None:
    """The id of a quota by the day that is violated."""
    for detail in details if isinstance(details, list) else []:
        violations = dict_of(detail).get("violations")
        for violation in violations if isinstance(violations, list) else []:
            quota = str(dict_of(violation).get("quotaId"))
            if "perday" in quota.lower():
                return quota
    return None
