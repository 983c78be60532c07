"""A chat completion as a Reply: what was said, whether it is whole, what it took."""

from typing import Any, Literal

from annotate.base import Reply
from annotate.raters.answers import dict_of, tokens_in, version_of, word_of
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

    Raises TryAgain where there is no choice in it, where the server broke off by itself, and for
    counts of tokens that no call can take.
    """
    response = dict_of(response)
    choices = response.get("choices")
    if not isinstance(choices, list) or not choices:
        raise malformed("a completion with no choice in it")
    choice = dict_of(choices[0])
    message, reason = dict_of(choice.get("message")), choice.get("finish_reason")
    if reason == "abort":
        raise malformed("the server broke the answer off (finish_reason abort)")
    version = version_of(response.get("model"))
    usage = usage_of(response.get("usage"))
    if refusal := message.get("refusal"):
        return Reply(_text(refusal), "blocked", usage, version, REFUSED)
    finish = FINISHES.get(reason, "blocked") if isinstance(reason, str) else "blocked"
    detail = "" if finish == "stop" else f"answer: {word_of(reason, 'no finish reason')}"
    return Reply(_text(message.get("content")), finish, usage, version, detail)


def usage_of(counts: Any) -> Usage:
    """The tokens that were counted. Thoughts are taken out of the completion that holds them."""
    counts = dict_of(counts)
    thoughts = tokens_in(dict_of(counts.get("completion_tokens_details")), "reasoning_tokens")
    cached = tokens_in(dict_of(counts.get("prompt_tokens_details")), "cached_tokens")
    return Usage(
        input_tokens=tokens_in(counts, "prompt_tokens"),
        cached_tokens=cached,
        output_tokens=max(0, tokens_in(counts, "completion_tokens") - thoughts),
        thought_tokens=thoughts,
    )


def _text(content: Any) -> str:
    """The words of the answer; some servers give it in parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    words = [dict_of(part).get("text") for part in parts]
    return "".join(word for word in words if isinstance(word, str))
