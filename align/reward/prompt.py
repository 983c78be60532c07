"""What the reward model is asked: to judge the last answer of a conversation.

One user turn holds the task, the conversation with its pictures where they were shown, and the
answer; the assistant's turn is the critique. Templates that refuse system turns or two user turns
in a row take it as well.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from align.reward.exchange import Exchange, Part

TASK = (
    "You are an impartial judge of answers that an assistant gives about pictures and texts. "
    "Read the conversation below, look at every picture in it, and judge the assistant's last "
    "answer: is it correct, does it agree with what can be seen, is it clear, complete and safe? "
    "Explain in detail what is good about it, what is wrong or missing, and what would make it "
    "better. Judge the answer and do not answer the question yourself.\n\n"
)
QUESTION = "[Question]\n"
CONVERSATION = "[Conversation]\n"
BETWEEN = "\n"
ANSWER = "\n\n[Answer]\n"
EVALUATION = "\n\n[Evaluation]\n"


def judge_parts(exchange: Exchange) -> list[Part]:
    """The user's turn as texts and pictures in their order; neighbouring texts are one."""
    parts: list[Part] = []
    for part in _parts(exchange):
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def judge_messages(parts: Sequence[Part], critique: str | None, *, sees: bool) -> list[Any]:
    """The chat messages, without the assistant's turn where `critique` is None.

    Contents are blocks for a model that sees pictures, else texts.
    """
    messages = [{"role": "user", "content": _content(parts, sees=sees)}]
    if critique is not None:
        messages.append({"role": "assistant", "content": _content([critique], sees=sees)})
    return messages


def _parts(exchange: Exchange) -> Iterator[Part]:
    yield TASK
    single = len(exchange.turns) == 1
    yield QUESTION if single else CONVERSATION
    for number, turn in enumerate(exchange.turns):
        if not single:
            yield f"{BETWEEN if number else ''}{turn.role.capitalize()}: "
        yield from turn.parts
    yield f"{ANSWER}{exchange.response}{EVALUATION}"


def _content(parts: Sequence[Part], *, sees: bool) -> Any:
    if not sees:
        return "".join(parts)
    return [
        {"type": "text", "text": part} if isinstance(part, str) else {"type": "image"}
        for part in parts
    ]
