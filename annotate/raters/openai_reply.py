"""A chat completion as a Reply: what was said, whether it is whole, what it took."""

from typing import Any, Literal

from annotate.base import Reply
from annotate.raters.problems import malformed
from schemas.event import Usage

Finish = Literal["stop", "truncated", "blocked"]
FINISHES: dict[Any, Finish] = {
    "stop": "stop",
    "eos": "stop",
    "eos_token": "stop",
    "stop_sequence": "stop",
    "length": "truncated",
}
REFUSED = "answer: refusal"
"""The detail of a reply whose text is the model's own refusal."""


def reply_of(response: Any) -> Reply:
    """The reply in a completion. Finish reasons that we do not know count as blocked.

    Raises TryAgain where there is no choice in it, or the server broke off by itself.
    """
    response = _dict(response)
    choices = response.get("choices")
    if not isinstance(choices, list) or not choices:
        raise malformed("a completion with no choice in it")
    choice = _dict(choices[0])
    message, reason = _dict(choice.get("message")), choice.get("finish_reason")
    if reason == "abort":
        raise malformed("the server broke the answer off (finish_reason abort)")
    version = response.get("model")
    version = version if isinstance(version, str) else None
    usage = usage_of(response.get("usage"))
    if refusal := message.get("refusal"):
        return Reply(str(refusal), "blocked", usage, version, REFUSED)
    finish = FINISHES.get(reason, "blocked") if isinstance(reason, str) else "blocked"
    detail = "" if finish == "stop" else f"answer: {reason or 'no finish reason'}"
    return Reply(_text(message.get("content")), finish, usage, version, detail)


def usage_of(counts: Any) -> Usage:
    """The tokens that were counted. Thoughts are taken out of the completion that holds them."""
    counts = _dict(counts)
    thoughts = _count(_dict(counts.get("completion_tokens_details")), "reasoning_tokens")
    cached = _count(_dict(counts.get("prompt_tokens_details")), "cached_tokens")
    return Usage(
        input_tokens=_count(counts, "prompt_tokens"),
        cached_tokens=cached,
        output_tokens=max(0, _count(counts, "completion_tokens") - thoughts),
        thought_tokens=thoughts,
    )


def _text(content: Any) -> str:
    """The words of the answer; some servers give it in parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    words = [_dict(part).get("text") for part in parts]
    return "".join(word for word in words if isinstance(word, str))


def _count(counts: dict[str, Any], name: str) -> int:
    value = counts.get(name)
    return value if isinstance(value, int) and value > 0 else 0


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
