"""A second try after a reply that could not be used: the same request, and what was wrong."""

from dataclasses import replace

from annotate.base import Request, Text, Turn
from annotate.prompting.quoting import valid_text

LONGEST_REPLY = 2000


def repair_request(request: Request, reply_text: str, problem: str) -> Request:
    """The request with the bad reply and a turn that names the problem put after it.

    The reply is cut to its first characters: enough to mend it by, and a judge that wrote without
    end is not paid for twice. The turn asks for the whole object and no other scores.
    """
    words = (
        f"That reply cannot be used: {valid_text(problem)}. Judge as before, and give the whole "
        "JSON object in the shape asked for, with nothing before or after it."
    )
    turns = (
        *request.turns,
        Turn("assistant", (Text(_shortened(reply_text)),)),
        Turn("user", (Text(words),)),
    )
    return replace(request, turns=turns)


def _shortened(reply: str) -> str:
    """The reply's beginning; never empty, since servers refuse a turn without text."""
    text = valid_text(reply)
    if not text.strip():
        return "(an empty reply)"
    return text if len(text) <= LONGEST_REPLY else f"{text[:LONGEST_REPLY]} (cut here)"
