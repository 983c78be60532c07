"""Answers that are no answer: the error message of a failed call, stored in the answer's place.

Only a message that is the whole answer counts, in the very forms that servers and client libraries
give it. An answer about an error, one that quotes a sign or a screen, and a refusal are answers.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

LONGEST = 4000
SHORT = 600

STATUS = r"(?:401|403|408|409|429|500|502|503|504|520|522|524|529)"
LIBRARIES = (
    r"(?:openai|anthropic|google|vertexai|litellm|cohere|mistralai|groq|together|replicate|httpx|"
    r"httpcore|requests|urllib3|aiohttp|grpc|botocore|azure|huggingface_hub|vllm|torch)"
)
CLASSES = (
    r"(?:RateLimit|APIConnection|APITimeout|APIStatus|API|InternalServer|ServiceUnavailable|"
    r"Authentication|PermissionDenied|BadRequest|InvalidRequest|OutOfMemory|HTTPStatus)Error|"
    r"ResourceExhausted|DeadlineExceeded|ReadTimeout|ConnectTimeout"
)

ONE_LINE = re.compile(
    "|".join(
        (
            rf"(?:http |server |request )?error(?: code)?[: ]+{STATUS}\b.*",
            rf"{STATUS} (?:client|server) error: .* for url: .*",
            rf"{STATUS} [A-Z]+(?:_[A-Z]+)*\. \{{.*\}}",
            rf"(?:api )?request failed with status(?: code)?:? {STATUS}\b.*",
            r"\[?api[ _]error\]?: .*",
            r"\*\*api request error\*\* reason: .*",
            r"\*\*network error due to high traffic\. please regenerate or refresh this page\.\*\*",
            r"failed to obtain answer via api\..*",
            r"upstream connect error or disconnect/reset before headers\b.*",
            r"\$error\$",
            r"(?:request timed out|connection error)\.",
            rf"{LIBRARIES}(?:\.\w+)+(?:: .*)?",
            rf"(?:{CLASSES})(?:: .*|\(.*\))",
            r"(?:requests\.exceptions\.)?ConnectionError: HTTPS?ConnectionPool\(.*",
            r"(?:runtimeerror: )?cuda out of memory(?:\.|\. tried to allocate .*)?",
            r"(?:runtimeerror: )?cuda error: .*",
        )
    ),
    re.IGNORECASE,
)
ERROR_PAGE = re.compile(
    rf"<html>\s*<head>\s*<title>{STATUS} [^<]*</title>.*</html>", re.IGNORECASE | re.DOTALL
)
TRACEBACK = "Traceback (most recent call last):"
RAISED = re.compile(r"(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:: .*)?")
CHAINED = (
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:",
    TRACEBACK,
)


def is_error_text(text: str) -> bool:
    """Whether the whole text is the error message of a failed generation."""
    text = text.strip()
    if len(text) > LONGEST:
        return _is_traceback(text)
    return (
        _is_error_line(text)
        or _is_traceback(text)
        or _is_error_object(text)
        or ERROR_PAGE.fullmatch(text) is not None
    )


def _is_error_line(text: str) -> bool:
    line = " ".join(text.split())
    paragraphs = text.count("\n\n")
    return not paragraphs and len(line) <= SHORT and ONE_LINE.fullmatch(line) is not None


def _is_traceback(text: str) -> bool:
    """Whether the text is a traceback from its first line to its last, with no word beside it."""
    if not text.startswith(TRACEBACK):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    flush = [line for line in lines if not line[0].isspace() and line not in CHAINED]
    return bool(flush) and flush[-1] == lines[-1] and all(map(RAISED.fullmatch, flush))


def _is_error_object(text: str) -> bool:
    """Whether the text is the JSON that a server sends in place of an answer."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    inner = value.get("error")
    if set(value) <= {"error", "request_id", "status", "type"} and isinstance(inner, Mapping):
        return _is_server_error(inner)
    return value.get("object") == "error" and _is_server_error(value)


def _is_server_error(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("message"), str) and bool({"code", "type", "status"} & set(value))
