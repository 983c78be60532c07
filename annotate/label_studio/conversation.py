"""The conversation before the answers, as HTML that holds others' text as nothing but text."""

from annotate.label_studio.safe_text import as_html
from schemas.candidate import Medium, Message, Part, Prompt

ROLES = {"system": "System", "user": "User", "assistant": "Assistant"}
KINDS = {"image": "picture", "video": "video", "frames": "frames"}


def conversation(prompt: Prompt) -> str:
    """One block of HTML, a turn each; a single question stands without its role."""
    named = len(prompt.messages) > 1
    turns = (_turn(message, prompt.media, named=named) for message in prompt.messages)
    return f'<div class="pw-turns">{"".join(turns)}</div>'


def _turn(message: Message, media: tuple[Medium, ...], *, named: bool) -> str:
    role = f"<b>{ROLES[message.role]}</b>" if named else ""
    parts = (_part(part, media, only=not named) for part in message.parts)
    return f'<div class="pw-turn">{role}{"".join(parts)}</div>'


def _part(part: Part, media: tuple[Medium, ...], *, only: bool) -> str:
    """Text, or where a medium stands; the only medium of a single question needs no mark."""
    if part.media_index is None:
        return as_html(part.text or "")
    medium = media[part.media_index]
    there = medium.file is not None or medium.frames
    if only and there and len(media) == 1:
        return ""
    return f"<i>[{_mark(media, part.media_index)}{'' if there else ', which is missing'}]</i> "


def _mark(media: tuple[Medium, ...], index: int) -> str:
    """`picture 2`: its number among those of its kind."""
    kind = media[index].kind
    number = sum(1 for medium in media[: index + 1] if medium.kind == kind)
    return f"{KINDS[kind]} {number}"
