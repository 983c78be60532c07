"""A prompt as a chat: its own turns, each medium in its place."""

from collections.abc import Callable, Iterator, Sequence

from annotate.base import Part, Picture, Request, Text, Turn
from curate.sampling.draws import Draw
from curate.sampling.settings import Sampling
from schemas.candidate import Medium, Message, Prompt

PicturesOf = Callable[[Medium], Sequence[Picture]]


def request_of(prompt: Prompt, draw: Draw, sampling: Sampling, pictures: PicturesOf) -> Request:
    """The request of one draw. Leading system turns are its system text, one below the other.

    The run's own system text goes out only where the prompt has none. A planned prompt has no
    other system turn.
    """
    briefing = [message for message in prompt.messages if message.role == "system"]
    return Request(
        turns=tuple(
            Turn(message.role, tuple(_parts(message, prompt.media, pictures)))
            for message in prompt.messages
            if message.role != "system"
        ),
        system="\n\n".join(map(_words, briefing)) if briefing else sampling.system or "",
        max_output_tokens=sampling.max_tokens,
        temperature=sampling.temperature,
        top_p=sampling.top_p,
        seed=draw.seed,
    )


def _parts(message: Message, media: Sequence[Medium], pictures: PicturesOf) -> Iterator[Part]:
    for part in message.parts:
        if part.media_index is not None:
            yield from pictures(media[part.media_index])
        else:
            yield Text(part.text or "")
    if not message.parts:
        yield Text("")


def _words(message: Message) -> str:
    return "".join(part.text or "" for part in message.parts)
