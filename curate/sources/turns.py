"""Conversations as turns: OpenAI and ShareGPT messages, content parts, `<image>` marks.

Media are taken in the order they are asked for. In a text given as one string, `<image>` and
`<video>` mark the places of the row's media; where a row has none of that kind they are text, and a
content part of type text is always literal. Media that no mark or part asks for come first in the
first user turn.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from curate.sources.media import medium_of
from curate.sources.record import SourceMedium, SourceTurn
from curate.sources.shaping import BadRowError, as_object, one_of, shown, wrong_type
from schemas.candidate import Role
from schemas.counted import counted

Asked = Literal["image", "video"]
Parts = list[str | SourceMedium]

ROLES: Mapping[str, Role] = {
    "system": "system",
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "gpt": "assistant",
    "model": "assistant",
}
MARK = re.compile(r"\n?<(image|video)>\n?")
PART_TYPES: Mapping[str, Asked | Literal["text"]] = {
    "text": "text",
    "image": "image",
    "image_url": "image",
    "video": "video",
}


class Supply:
    """The media of one row, handed out by kind in their order."""

    def __init__(self, media: Sequence[SourceMedium]) -> None:
        self._all = list(media)
        self._left = list(media)

    def has(self, kind: str) -> bool:
        """Whether the row has any medium of the kind, handed out or not."""
        return any(_asked(medium) == kind for medium in self._all)

    def take(self, kind: str, place: str) -> SourceMedium:
        """The next medium of a kind; a mark too many makes the row a `missing_media` drop."""
        for position, medium in enumerate(self._left):
            if _asked(medium) == kind:
                return self._left.pop(position)
        count = sum(_asked(medium) == kind for medium in self._all)
        raise BadRowError(
            f"{place} asks for more {kind}s than the row has ({count})", "missing_media"
        )

    def at(self, index: Any, kind: str, place: str) -> SourceMedium:
        """The medium of a kind by its index among them."""
        media = [medium for medium in self._all if _asked(medium) == kind]
        if not isinstance(index, int) or not 0 <= index < len(media):
            raise BadRowError(
                f"{place} is {shown(index)}, but the row has {counted(len(media), kind)}"
            )
        self._left = [medium for medium in self._left if medium is not media[index]]
        return media[index]

    def rest(self) -> list[SourceMedium]:
        """What nobody asked for, in order."""
        left, self._left = self._left, []
        return left


def prompt_turns(text: str | None, media: Sequence[SourceMedium]) -> list[SourceTurn]:
    """One user turn of a prompt's text and media."""
    supply = Supply(media)
    parts = _marked(text or "", supply, "prompt")
    return [SourceTurn("user", [*supply.rest(), *parts])]


def message_turns(
    messages: Sequence[Any], media: Sequence[SourceMedium], place: str = "messages"
) -> list[SourceTurn]:
    """Messages (`role` and `content`, or `from` and `value`) as turns with their media in place."""
    if not messages:
        raise BadRowError(f"{place} is empty", "empty_prompt")
    supply = Supply(media)
    turns = [_turn(message, supply, f"{place}[{n}]") for n, message in enumerate(messages)]
    return _with_rest(turns, supply.rest(), place)


def ends_with_user(turns: Sequence[SourceTurn], place: str = "messages") -> Sequence[SourceTurn]:
    """The turns, where the last one is the user's; an answer is no part of a prompt."""
    if not turns:
        raise BadRowError(f"{place} ask nothing", "empty_prompt")
    if turns[-1].role != "user":
        raise BadRowError(f"{place} ends with a turn of the {turns[-1].role}, not the user")
    return turns


def text_of(turn: SourceTurn) -> str:
    """The turn's text. Raises BadRowError where a medium would be lost with it."""
    texts = [part for part in turn.parts if isinstance(part, str)]
    if len(texts) != len(turn.parts):
        raise BadRowError(f"a turn of the {turn.role} that is read as text holds a medium")
    return "".join(texts)


def _asked(medium: SourceMedium) -> Asked:
    return "image" if medium.kind == "image" else "video"


def _turn(message: Any, supply: Supply, place: str) -> SourceTurn:
    values = as_object(message, place)
    role = ROLES[one_of(_first(values, "role", "from"), tuple(ROLES), f"{place}.role")]
    content = _first(values, "content", "value")
    if isinstance(content, str):
        return SourceTurn(role, _marked(content, supply, place))
    if not isinstance(content, (list, tuple)):
        raise wrong_type(content, f"{place}.content", "text or a list of parts")
    parts = [_part(part, supply, f"{place}.content[{n}]") for n, part in enumerate(content)]
    return SourceTurn(role, [part for part in parts if part != ""])


def _part(part: Any, supply: Supply, place: str) -> str | SourceMedium:
    if isinstance(part, str):
        return part
    values = as_object(part, place)
    kind = PART_TYPES[one_of(values.get("type"), tuple(PART_TYPES), f"{place}.type")]
    if kind == "text":
        text = values.get("text")
        if not isinstance(text, str):
            raise wrong_type(text, f"{place}.text", "text")
        return text
    if values.get("index") is not None:
        return supply.at(values["index"], kind, f"{place}.index")
    given = _given(values, kind)
    return supply.take(kind, place) if given is None else medium_of(given, kind, place)


def _given(values: Mapping[str, Any], kind: Asked) -> Any:
    """What a media part holds itself; OpenAI nests the address as `image_url.url`."""
    value = _first(values, kind, "path", "image_url", "url")
    return value["url"] if isinstance(value, Mapping) and "url" in value else value


def _first(values: Mapping[str, Any], *keys: str) -> Any:
    return next((values[key] for key in keys if values.get(key) is not None), None)


def _marked(text: str, supply: Supply, place: str) -> Parts:
    """The text cut at its marks. A newline that only sets a mark apart goes with the mark."""
    parts: Parts = []
    start = 0
    for mark in MARK.finditer(text):
        if supply.has(mark[1]):
            parts += [text[start : mark.start()], supply.take(mark[1], place)]
            start = mark.end()
    return [part for part in (*parts, text[start:]) if part != ""]


def _with_rest(turns: list[SourceTurn], rest: list[SourceMedium], place: str) -> list[SourceTurn]:
    if not rest:
        return turns
    for number, turn in enumerate(turns):
        if turn.role == "user":
            turns[number] = SourceTurn("user", [*rest, *turn.parts])
            return turns
    raise BadRowError(f"{place} has no user turn to put {counted(len(rest), 'medium', 'media')} in")
