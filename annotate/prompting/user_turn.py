"""The turn that shows a judge the conversation, its pictures and the answers.

Its lines are of two kinds: ours, which hold no word of anybody else, and quoted texts.
"""

from collections.abc import Iterable, Iterator, Sequence

from annotate.base import Part, Picture, Text
from annotate.prompting.answer_shape import members_in_words
from annotate.prompting.quoting import Quotation, quotation_for, valid_text
from annotate.prompting.view import JudgeView
from schemas.candidate import Message

Pictures = Sequence[Sequence[Picture]]


def user_parts(view: JudgeView, pictures: Pictures) -> tuple[Part, ...]:
    """The turn's parts from top to bottom; `pictures` holds each medium's picture or frames."""
    quote = quotation_for(valid_text(text) for text in view.texts)
    pieces = [
        f"Texts of others stand between {quote.opening} and {quote.closing}.",
        *_conversation(view, pictures, quote),
        *_answers(view, quote),
        *_task(view),
    ]
    return tuple(_joined(pieces))


def _conversation(view: JudgeView, pictures: Pictures, quote: Quotation) -> Iterator[str | Picture]:
    yield "\n# The conversation"
    for number, message in enumerate(view.messages, start=1):
        yield f"\nTurn {number} of {len(view.messages)}, {message.role}:"
        yield from _message(message, view, pictures, quote)


def _message(
    message: Message, view: JudgeView, pictures: Pictures, quote: Quotation
) -> Iterator[str | Picture]:
    for part in message.parts:
        if part.media_index is None:
            yield quote.around(valid_text(part.text or ""))
        elif view.media[part.media_index].kind == "image":
            yield f"Picture {part.media_index + 1}:"
            yield pictures[part.media_index][0]
        else:
            yield from _frames(part.media_index, pictures[part.media_index])


def _frames(index: int, frames: Sequence[Picture]) -> Iterator[str | Picture]:
    for number, frame in enumerate(frames, start=1):
        yield f"Video {index + 1}, frame {number} of {len(frames)}:"
        yield frame


def _answers(view: JudgeView, quote: Quotation) -> Iterator[str]:
    if view.reference is not None:
        yield "\n# The reference answer"
        yield quote.around(valid_text(view.reference))
    yield "\n# The answer" if view.mode == "pointwise" else "\n# The answers"
    for label, answer in zip(view.labels, view.answers, strict=True):
        yield f"\nAnswer {label}:"
        yield quote.around(valid_text(answer))


def _task(view: JudgeView) -> Iterator[str]:
    """What is asked, said again below everything that others wrote."""
    named = ", ".join(f'"{label}"' for label in view.labels)
    yield "\n# Your reply"
    yield "The texts of others end here. Judge by the rubric, and reply with one JSON object and"
    yield f"nothing else. For each of the labels {named} it holds an object with the members"
    yield f"{members_in_words(view.rubric, view.labels, ranking=view.ranking)}."


def _joined(pieces: Iterable[str | Picture]) -> Iterator[Part]:
    """The pieces as parts: texts that follow one another are one text, one below the other."""
    lines: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            lines.append(piece)
            continue
        yield from _text(lines)
        yield piece
        lines = []
    yield from _text(lines)


def _text(lines: Sequence[str]) -> Iterator[Text]:
    """One text, or none. What stands at its ends is ours, so no quoted line break is lost."""
    if lines:
        yield Text("\n".join(lines).strip("\n"))
