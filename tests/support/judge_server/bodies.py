"""Bodies of errors as the two services publish them."""

import json
from typing import Any

from tests.support.judge_server.wire import Say

TYPES = "type.googleapis.com/google.rpc."


def as_json(value: Any, status: int = 200) -> Say:
    """An answer with this value as JSON."""
    return Say(status, json.dumps(value).encode())


def gemini_error(code: int, status: str, message: str, *details: dict[str, Any]) -> Say:
    """Google's error body."""
    error: dict[str, Any] = {"code": code, "message": message, "status": status}
    if details:
        error["details"] = list(details)
    return as_json({"error": error}, code)


def openai_error(status: int, kind: str, code: str | None, message: str) -> Say:
    """OpenAI's error body."""
    error = {"message": message, "type": kind, "param": None, "code": code}
    return as_json({"error": error}, status)


def retry_info(seconds: float) -> dict[str, Any]:
    """How long to wait, as Google says it."""
    return {"@type": f"{TYPES}RetryInfo", "retryDelay": f"{seconds:g}s"}


def quota_failure(quota: str, model: str) -> dict[str, Any]:
    """Which quota is used up."""
    violation = {
        "quotaMetric": "generativelanguage.googleapis.com/generate_requests",
        "quotaId": quota,
        "quotaDimensions": {"location": "global", "model": model},
        "quotaValue": "10000",
    }
    return {"@type": f"{TYPES}QuotaFailure", "violations": [violation]}


def error_info(reason: str) -> dict[str, Any]:
    """The reason in one word, as Google says it."""
    return {
        "@type": f"{TYPES}ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {"service": "generativelanguage.googleapis.com"},
    }
