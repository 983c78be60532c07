"""A GenerateContentResponse as a Reply: what was said, whether it is whole, what it took."""

from typing import Any, Literal

from annotate.base import Reply
from annotate.raters.problems import malformed
from schemas.event import Usage

Finish = Literal["stop", "truncated", "blocked"]
# MALFORMED_RESPONSE is an answer that will not parse, which the parser of answers finds out.
FINISHES: dict[Any, Finish] = {
    "STOP": "stop",
    "MALFORMED_RESPONSE": "stop",
    "MAX_TOKENS": "truncated",
}


def reply_of(response: Any) -> Reply:
    """The reply in a response. Finish reasons that we do not know count as blocked.

    Raises TryAgain where there is neither an answer nor a reason for its absence.
    """
    response = _dict(response)
    usage = usage_of(response.get("usageMetadata"))
    version = response.get("modelVersion")
    version = version if isinstance(version, str) else None
    candidates = response.get("candidates")
    if not isinstance(candidates, list) or not candidates:
        reason = _dict(response.get("promptFeedback")).get("blockReason")
        if not reason:
            raise malformed("a response with no candidate and no reason for it")
        return Reply("", "blocked", usage, version, f"prompt: {reason}")
    candidate = _dict(candidates[0])
    reason = candidate.get("finishReason")
    finish = FINISHES.get(reason, "blocked") if isinstance(reason, str) else "blocked"
    detail = "" if reason == "STOP" else f"answer: {reason or 'no finish reason'}"
    return Reply(_text(candidate), finish, usage, version, detail)


def usage_of(metadata: Any) -> Usage:
    """The tokens that were counted; any count may be absent. Thoughts are not in the output."""
    counts = _dict(metadata)
    prompt, tools = _count(counts, "promptTokenCount"), _count(counts, "toolUsePromptTokenCount")
    return Usage(
        input_tokens=prompt + tools,
        cached_tokens=_count(counts, "cachedContentTokenCount"),
        output_tokens=_count(counts, "candidatesTokenCount"),
        thought_tokens=_count(counts, "thoughtsTokenCount"),
    )


def _text(candidate: dict[str, Any]) -> str:
    """The words of the answer, without the thoughts that some models return beside it."""
    parts = _dict(candidate.get("content")).get("parts")
    said = [_dict(part) for part in parts] if isinstance(parts, list) else []
    words = [part.get("text") for part in said if not part.get("thought")]
    return "".join(word for word in words if isinstance(word, str))


def _count(counts: dict[str, Any], name: str) -> int:
    value = counts.get(name)
    return value if isinstance(value, int) and value > 0 else 0


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
