"""generateContent as Gemini answers it: candidates, blocks, cuts and token counts."""

from typing import Any

from tests.support.judge_server.answers import default_text
from tests.support.judge_server.bodies import (
    error_info,
    gemini_error,
    quota_failure,
    retry_info,
)
from tests.support.judge_server.faults import Account, Passing, Sticky
from tests.support.judge_server.wire import Say

Json = dict[str, Any]
FIELDS = {
    "model",
    "contents",
    "systemInstruction",
    "generationConfig",
    "safetySettings",
    "tools",
    "toolConfig",
    "cachedContent",
    "serviceTier",
}
PICTURE_TOKENS, THOUGHT_TOKENS = 1120, 96


def snake(name: str) -> str:
    """`generationConfig` as `generation_config`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


KNOWN = FIELDS | {snake(name) for name in FIELDS}


def entry(body: Json, name: str) -> Any:
    """A field by its name in camel case or in snake case, both of which the service takes."""
    return body[name] if name in body else body.get(snake(name))


def wrong_field(body: Json) -> str | None:
    """What the service would say about a body that is no GenerateContentRequest."""
    unknown = next((name for name in body if name not in KNOWN), None)
    if unknown is not None:
        return f'Invalid JSON payload received. Unknown name "{unknown}": Cannot find field.'
    if not entry(body, "contents"):
        return "* GenerateContentRequest.contents: contents is not specified"
    system = entry(body, "systemInstruction")
    if system is not None and not isinstance(system, dict):
        return "invalid JSON: unexpected character: '['; expected '{'"
    return None


def schema_of(body: Json) -> Json | None:
    """The JSON Schema that the answer is asked to keep to."""
    config = entry(body, "generationConfig") or {}
    found: Json | None = entry(config, "responseJsonSchema")
    return found


def text_of(body: Json, digest: str) -> str:
    """What the model says by default."""
    return default_text(schema_of(body), digest)


def completion(body: Json, text: str, version: str, sticky: Sticky | None) -> Json:
    """The response, with what stands wrong with this request."""
    prompt = prompt_tokens(body)
    if sticky == "blocked_prompt":
        return {
            "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
            "usageMetadata": {"promptTokenCount": prompt, "totalTokenCount": prompt},
            "modelVersion": version,
        }
    text, reason = _spoilt(text, sticky)
    candidate: Json = {"index": 0, "finishReason": reason}
    if text:
        candidate["content"] = {"role": "model", "parts": [{"text": text}]}
    else:
        candidate["content"] = {"role": "model"}
    return {
        "candidates": [candidate],
        "usageMetadata": _usage(prompt, len(text) // 4),
        "modelVersion": f"{version}-rerouted" if sticky == "wrong_version" else version,
        "responseId": "loopback",
    }


def _spoilt(text: str, sticky: Sticky | None) -> tuple[str, str]:
    if sticky == "malformed":
        return text.replace('"', "'", 3).removesuffix("}") + ",", "STOP"
    if sticky == "truncated":
        return text[: len(text) // 2], "MAX_TOKENS"
    if sticky == "empty":
        return "", "MAX_TOKENS"
    if sticky == "blocked_answer":
        return "", "SAFETY"
    return text, "STOP"


def _usage(prompt: int, answer: int) -> Json:
    usage = {"promptTokenCount": prompt, "thoughtsTokenCount": THOUGHT_TOKENS}
    if answer:  # the service leaves counts of zero out
        usage["candidatesTokenCount"] = answer
    return {**usage, "totalTokenCount": prompt + answer + THOUGHT_TOKENS}


def prompt_tokens(body: Json) -> int:
    """A count that grows with words and pictures: four characters a token."""
    parts = [part for turn in entry(body, "contents") or [] for part in turn.get("parts", [])]
    parts += (entry(body, "systemInstruction") or {}).get("parts", [])
    words = sum(len(part.get("text", "")) for part in parts)
    pictures = sum("inlineData" in part or "inline_data" in part for part in parts)
    return words // 4 + pictures * PICTURE_TOKENS + 1


def refusal(fault: Passing | Account, model: str, retry_after: float) -> Say | None:
    """The error that goes with a fault, None for faults of the connection."""
    match fault:
        case "throttled":
            text = (
                "You exceeded your current quota, please check your plan and billing details. "
                f"Please retry in {retry_after:g}s."
            )
            quota = quota_failure("GenerateRequestsPerMinutePerProjectPerModel", model)
            return gemini_error(429, "RESOURCE_EXHAUSTED", text, quota, retry_info(retry_after))
        case "day_quota":
            text = "You exceeded your current quota, please check your plan and billing details."
            quota = quota_failure("GenerateRequestsPerDayPerProjectPerModel", model)
            return gemini_error(429, "RESOURCE_EXHAUSTED", text, quota, retry_info(30000))
        case "internal":
            return gemini_error(500, "INTERNAL", "An internal error has occurred. Please retry.")
        case "unavailable":
            text = "The model is overloaded. Please try again later."
            return gemini_error(503, "UNAVAILABLE", text)
        case "invalid_key":
            text = "API key not valid. Please pass a valid API key."
            return gemini_error(400, "INVALID_ARGUMENT", text, error_info("API_KEY_INVALID"))
        case "unknown_model":
            text = f"models/{model} is not found for API version v1beta, or is not supported"
            return gemini_error(404, "NOT_FOUND", text)
    return None


def model_card(model: str) -> Json:
    """What GET models/{model} says."""
    return {
        "name": f"models/{model}",
        "version": "001",
        "displayName": model,
        "inputTokenLimit": 1048576,
        "outputTokenLimit": 65536,
        "supportedGenerationMethods": ["generateContent", "countTokens", "batchGenerateContent"],
    }
