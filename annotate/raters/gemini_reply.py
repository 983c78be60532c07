"""A GenerateContentResponse as a Reply: what was said, whether it is whole, what it took."""

from typing import Any, Literal

from annotate.base import Reply
from annotate.raters.answers import dict_of, tokens_in, version_of, word_of
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

    Raises TryAgain where there is neither an answer nor a reason for its absence, and for counts of
    tokens that no call can take.
    """
    response = dict_of(response)
    usage = usage_of(response.get("usageMetadata"))
    version = version_of(response.get("modelVersion"))
    candidates = response.get("candidates")
    if not isinstance(candidates, list) or not candidates:
        reason = dict_of(response.get("promptFeedback")).get("blockReason")
        if not reason:
            raise malformed("a response with no candidate and no reason for it")
        return Reply(
            "", "blocked", usage, version, f"prompt: {word_of(reason, 'a reason that is no text')}"
        )
    candidate = dict_of(candidates[0])
    reason = candidate.get("finishReason")
    finish = FINISHES.get(reason, "blocked") if isinstance(reason, str) else "blocked"
    detail = "" if reason == "STOP" else f"answer: {word_of(reason, 'no finish reason')}"
    return Reply(_text(candidate), finish, usage, version, detail)


def usage_of(metadata: Any) -> Usage:
    """The tokens that were counted; any count may be absent. Thoughts are not in the output."""
    counts = dict_of(metadata)
    asked = ("promptTokenCount", "toolUsePromptTokenCount")
    return Usage(
        input_tokens=sum(tokens_in(counts, name) for name in asked),
        cached_tokens=tokens_in(counts, "cachedContentTokenCount"),
        output_tokens=tokens_in(counts, "candidatesTokenCount"),
        thought_tokens=tokens_in(counts, "thoughtsTokenCount"),
    )


def _text(candidate: dict[str, Any]) -> str:
    """The words of the answer, without the thoughts that some models return beside it."""
    parts = dict_of(candidate.get("content")).get("parts")
    said = [dict_of(part) for part in parts] if isinstance(parts, list) else []
    words = [part.get("text") for part in said if not part.get("thought")]
    return "".join(word for word in words if isinstance(word, str))
