"""LLaVA's training conversations: what is asked of a picture, and the set's own last answer.

The last answer becomes the reference and no response: these rows are prompts to sample from. Some
video sets mark the video's place with `<image>`; it is read as such where a row has no image.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.completions import is_message
from curate.sources.heads import has_lists, most_rows
from curate.sources.media import media_of, video_of
from curate.sources.record import Row, SourceRecord, SourceTurn
from curate.sources.shaping import BadRowError, as_list, as_name, attributes_of, shaped
from curate.sources.turns import ends_with_user, message_turns, text_of

FOREIGN = ("chosen", "rejected", "Helpfulness", "completions", "responses")


def matches(source: SourceInput) -> bool:
    """Whether most first rows are a conversation and nothing that rates or compares."""
    return most_rows(source, _fits)


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, lambda row: record_of(row, source.root))


def record_of(row: Row, root: Path) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    turns, reference = _asked(_turns(values, root))
    return SourceRecord(
        line=row.line,
        turns=turns,
        reference=reference,
        key=as_name(values.get("id"), "id"),
        attributes=attributes_of({"origin": values.get("data_source")}),
        file=row.file,
    )


def _turns(values: Mapping[str, Any], root: Path) -> list[SourceTurn]:
    images = media_of(values.get("image"), place="image")
    videos = video_of(values.get("video"), root)
    messages = as_list(values.get("conversations"), "conversations")
    if videos and not images:
        messages = [_with_video_marks(message) for message in messages]
    return message_turns(messages, [*images, *videos], "conversations")


def _with_video_marks(message: Any) -> Any:
    if not isinstance(message, Mapping) or not isinstance(message.get("value"), str):
        return message
    return {**message, "value": message["value"].replace("<image>", "<video>")}


def _asked(turns: Sequence[SourceTurn]) -> tuple[Sequence[SourceTurn], str | None]:
    """The turns up to the last question, and the answer after it."""
    if turns[-1].role != "assistant":
        return turns, None
    if len(turns) == 1:
        raise BadRowError("conversations has an answer and no question", "empty_prompt")
    return ends_with_user(turns[:-1], "conversations"), text_of(turns[-1]) or None


def _fits(head: Mapping[str, Any]) -> bool:
    if not has_lists(head, "conversations") or any(name in head for name in FOREIGN):
        return False
    turns = head["conversations"]
    return bool(turns) and all(map(is_message, turns))


LAYOUT = Layout(
    name="llava",
    about="LLaVA conversations: prompts, with the last answer as the reference",
    matches=matches,
    read=read,
)
