"""Chat completions as OpenAI-compatible servers answer them."""

from typing import Any

from tests.support.judge_server.answers import default_text
from tests.support.judge_server.bodies import openai_error
from tests.support.judge_server.faults import Account, Passing, Sticky
from tests.support.judge_server.wire import Say

Json = dict[str, Any]
PICTURE_TOKENS, THOUGHT_TOKENS = 256, 32


def text_of(body: Json, digest: str) -> str:
    """What the model says by default."""
    wanted = body.get("response_format") or {}
    return default_text((wanted.get("json_schema") or {}).get("schema"), digest)


def completion(body: Json, text: str, sticky: Sticky | None) -> Json | Say:
    """The response, with what stands wrong with this request."""
    if sticky == "blocked_prompt":
        text = "The response was filtered due to the prompt triggering content management policy."
        return openai_error(400, "invalid_request_error", "content_filter", text)
    text, reason = _spoilt(text, sticky)
    version = body["model"]
    choice = {"message": {"role": "assistant", "content": text or None}, "finish_reason": reason}
    return {
        "id": "chatcmpl-loopback",
        "object": "chat.completion",
        "created": 0,
        "model": f"{version}-rerouted" if sticky == "wrong_version" else version,
        "choices": [{"index": place, **choice} for place in range(body.get("n") or 1)],
        "usage": _usage(body, len(text) // 4),
    }


def _spoilt(text: str, sticky: Sticky | None) -> tuple[str, str]:
    if sticky == "malformed":
        return text.replace('"', "'", 3).removesuffix("}") + ",", "stop"
    if sticky == "truncated":
        return text[: len(text) // 2], "length"
    if sticky == "empty":
        return "", "length"
    if sticky == "blocked_answer":
        return "", "content_filter"
    return text, "stop"


def _usage(body: Json, answer: int) -> Json:
    words = pictures = 0
    for message in body["messages"]:
        content = message["content"]
        parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
        words += sum(len(part.get("text", "")) for part in parts)
        pictures += sum(part["type"] == "image_url" for part in parts)
    prompt = words // 4 + pictures * PICTURE_TOKENS + 1
    return {
        "prompt_tokens": prompt,
        "completion_tokens": answer + THOUGHT_TOKENS,
        "total_tokens": prompt + answer + THOUGHT_TOKENS,
        "completion_tokens_details": {"reasoning_tokens": THOUGHT_TOKENS},
    }


def refusal(fault: Passing | Account, model: str, retry_after: float) -> Say | None:
    """The error that goes with a fault, None for faults of the connection."""
    match fault:
        case "throttled":
            text = f"Rate limit reached for {model}. Please try again in {retry_after:g}s."
            say = openai_error(429, "requests", "rate_limit_exceeded", text)
            say.headers["Retry-After"] = f"{retry_after:g}"
            return say
        case "day_quota":
            text = "You exceeded your current quota, please check your plan and billing details."
            return openai_error(429, "insufficient_quota", "insufficient_quota", text)
        case "internal":
            text = "The server had an error while processing your request."
            return openai_error(500, "server_error", None, text)
        case "unavailable":
            return openai_error(503, "server_error", None, "The engine is currently overloaded.")
        case "invalid_key":
            text = "Incorrect API key provided."
            return openai_error(401, "invalid_request_error", "invalid_api_key", text)
        case "unknown_model":
            text = f"The model `{model}` does not exist or you do not have access to it."
            return openai_error(404, "invalid_request_error", "model_not_found", text)
    return None
