"""TRL's preference sets: `chosen` over `rejected`, with a `prompt` or with one they share.

Source: TRL's documentation of dataset formats. Sides are texts or messages; where a side is a
whole conversation, its beginning is the prompt.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.completions import answer_text, is_message
from curate.sources.heads import most_rows
from curate.sources.media import all_media
from curate.sources.pairs import pair_of, pair_record
from curate.sources.record import Row, SourceMedium, SourceRecord, SourceTurn
from curate.sources.shaping import BadRowError, shaped, wrong_type
from curate.sources.shared_prompt import shared_messages, shared_text
from curate.sources.turns import ends_with_user, message_turns, prompt_turns, text_of

RATER = "trl"
FOREIGN = ("question", "instruction", "conversations", "context", "chosen_reason", "completions")
Values = Mapping[str, Any]


def matches(source: SourceInput) -> bool:
    """Whether most first rows have two sides, and a prompt or none."""
    return most_rows(source, _fits)


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, lambda row: record_of(row, source.root))


def record_of(row: Row, root: Path) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    prompt, chosen, rejected = sides_of(values)
    images = values.get("image") if values.get("images") is None else values["images"]
    turns = turns_of(prompt, all_media(images, values.get("video"), root))
    answers = pair_of(answer_text(chosen, "chosen"), answer_text(rejected, "rejected"))
    return pair_record(row, turns, answers, rater=RATER)


def sides_of(values: Values) -> tuple[Any, Any, Any]:
    """Prompt, chosen and rejected, apart from each other. Raises BadRowError."""
    prompt, chosen, rejected = (values.get(key) for key in ("prompt", "chosen", "rejected"))
    if _is_conversation(chosen) or _is_conversation(rejected):
        shared = shared_messages(chosen, rejected)
        _check_same(prompt, shared[0])
        return shared
    if prompt is not None:
        return prompt, chosen, rejected
    if isinstance(chosen, str) and isinstance(rejected, str):
        return shared_text(chosen, rejected)
    raise BadRowError(
        "there is no prompt, and chosen and rejected do not begin alike", "empty_prompt"
    )


def _check_same(prompt: Any, shared: Sequence[Any]) -> None:
    """A prompt beside whole conversations must be what they begin with."""
    if prompt is None or prompt == shared or list(shared) == prompt:
        return
    last = text_of(message_turns([shared[-1]], [], "chosen")[0])
    if prompt != last:
        raise BadRowError("chosen and rejected begin otherwise than prompt", "mismatched_prompt")


def turns_of(prompt: Any, media: Sequence[SourceMedium]) -> Sequence[SourceTurn]:
    """The turns of a prompt that is a text or messages, with its media in place."""
    if isinstance(prompt, str):
        return prompt_turns(prompt, media)
    if isinstance(prompt, (list, tuple)):
        return ends_with_user(message_turns(prompt, media, "prompt"), "prompt")
    raise wrong_type(prompt, "prompt", "text or messages")


def _is_conversation(side: Any) -> bool:
    return isinstance(side, (list, tuple)) and len(side) > 1


def _fits(head: Values) -> bool:
    prompt = head.get("prompt")
    if any(name in head for name in FOREIGN) or not (prompt is None or _is_side(prompt)):
        return False
    return _is_side(head.get("chosen")) and _is_side(head.get("rejected"))


def _is_side(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return bool(value) and all(map(is_message, value))
    return isinstance(value, str)


LAYOUT = Layout(
    name="trl",
    about="TRL preferences: prompt, chosen, rejected as texts or messages",
    matches=matches,
    read=read,
)
