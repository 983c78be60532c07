"""The two requests about a comment: to write it out in full, and to check what came of that."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotate.base import Request, Text, Turn
from annotate.critiquing.shape import check_schema, critique_schema
from annotate.critiquing.view import Commented
from annotate.critiquing.wording import check_text, expand_text
from annotate.prompting.quoting import Quotation, quotation_for, valid_text
from annotate.prompting.repair import repair_request
from annotate.spending.estimate import text_tokens

VERSION = "1"
"""Raised when the same words are to be asked or read in another way; it is in every hash."""

FEWEST_TOKENS = 4096
TOKENS_TO_THINK = 2048
FULLER = 6
"""How many times as long as its comment a critique may be, in tokens."""


def expand_request(view: Commented) -> Request:
    """The request for a fuller version of a comment."""
    quote = quotation_for(map(valid_text, view.texts))
    task = "The texts of others end here. Write the comment out as told, in its own language, and"
    pieces = [*_shown(view, quote), "\n# Your reply", f"{task}\nreply with one JSON object."]
    return Request(
        turns=(_turn(pieces),),
        system=expand_text(),
        schema=critique_schema(),
        max_output_tokens=output_room(view.comment),
    )


def check_request(view: Commented, expansion: str) -> Request:
    """The request to hold an expansion against its comment."""
    quote = quotation_for(map(valid_text, (*view.texts, expansion)))
    task = "The texts of others end here. Check the critique against the comment, and"
    pieces = [
        *_shown(view, quote),
        "\n# The critique",
        quote.around(valid_text(expansion)),
        "\n# Your reply",
        f"{task}\nreply with one JSON object.",
    ]
    return Request(
        turns=(_turn(pieces),),
        system=check_text(),
        schema=check_schema(),
        max_output_tokens=FEWEST_TOKENS,
    )


def mend_request(request: Request, reply_text: str, problem: str) -> Request:
    """The request with a reply that cannot be used and what is wrong with it put after it."""
    again = repair_request(request, reply_text, problem)
    words = (
        f"That reply cannot be used: {valid_text(problem)}. Do the same work anew without that "
        "fault, and give the whole JSON object in the shape asked for, with nothing around it."
    )
    return replace(again, turns=(*again.turns[:-1], Turn("user", (Text(words),))))


def output_room(comment: str) -> int:
    """Output tokens for the fuller version of a comment, and for thoughts, counted with it."""
    return max(FEWEST_TOKENS, TOKENS_TO_THINK + FULLER * text_tokens(comment))


def _shown(view: Commented, quote: Quotation) -> Iterator[str]:
    yield f"Texts of others stand between {quote.opening} and {quote.closing}."
    yield "\n# The conversation"
    for number, message in enumerate(view.messages, start=1):
        yield f"\nTurn {number} of {len(view.messages)}, {message.role}:"
        for part in message.parts:
            if part.media_index is None:
                yield quote.around(valid_text(part.text or ""))
            else:
                kind = "Picture" if view.media[part.media_index].kind == "image" else "Video"
                yield f"{kind} {part.media_index + 1}, which is not shown."
    yield "\n# The answer"
    yield quote.around(valid_text(view.answer))
    yield "\n# The person's comment on the answer"
    yield quote.around(valid_text(view.comment))


def _turn(pieces: Sequence[str]) -> Turn:
    return Turn("user", (Text("\n".join(pieces)),))
