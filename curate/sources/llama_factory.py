"""LLaMA-Factory's ranking sets: ShareGPT turns with two answers, or the alpaca form.

Source: its dataset documentation. In the alpaca form `instruction` and `input` are one question,
after `history`, a list of [question, answer].
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from curate.sources.base import Layout, Records, SourceInput
from curate.sources.completions import answer_text, is_message
from curate.sources.heads import has_lists, has_texts, most_rows
from curate.sources.media import all_media
from curate.sources.pairs import pair_of, pair_record
from curate.sources.record import Row, SourceRecord
from curate.sources.shaping import as_list, as_text, shaped, wrong_type
from curate.sources.turns import ends_with_user, message_turns

RATER = "llama-factory"
Values = Mapping[str, Any]


def matches(source: SourceInput) -> bool:
    """Whether most first rows are turns or an instruction, with two answers."""
    return most_rows(source, lambda head: _is_sharegpt(head) or _is_alpaca(head))


def read(source: SourceInput) -> Records:
    """One record a row."""
    return shaped(source, lambda row: record_of(row, source.root))


def record_of(row: Row, root: Path) -> SourceRecord:
    """The row as a record. Raises BadRowError where it is not in the layout."""
    values = row.values
    media = all_media(values.get("images"), values.get("videos"), root, ("images", "videos"))
    messages = [*_system(values), *_messages(values)]
    turns = ends_with_user(message_turns(messages, media, "conversations"), "conversations")
    chosen = answer_text(values.get("chosen"), "chosen")
    rejected = answer_text(values.get("rejected"), "rejected")
    return pair_record(row, turns, pair_of(chosen, rejected), rater=RATER)


def _system(values: Values) -> Iterator[Any]:
    system = as_text(values.get("system"), "system")
    if system:
        yield {"role": "system", "content": system}


def _messages(values: Values) -> Iterator[Any]:
    if values.get("conversations") is not None:
        yield from as_list(values["conversations"], "conversations")
        return
    for number, turn in enumerate(as_list(values.get("history"), "history")):
        if not isinstance(turn, (list, tuple)) or len(turn) != 2:
            raise wrong_type(turn, f"history[{number}]", "[question, answer]")
        yield {"role": "user", "content": turn[0]}
        yield {"role": "assistant", "content": turn[1]}
    asked = [as_text(values.get(name), name) for name in ("instruction", "input")]
    yield {"role": "user", "content": "\n".join(text for text in asked if text)}


def _is_sharegpt(head: Values) -> bool:
    return has_lists(head, "conversations") and all(
        is_message(head.get(side)) for side in ("chosen", "rejected")
    )


def _is_alpaca(head: Values) -> bool:
    return has_texts(head, "instruction", "chosen", "rejected")


LAYOUT = Layout(
    name="llama-factory",
    about="LLaMA-Factory ranking sets: conversations or instruction, chosen, rejected",
    matches=matches,
    read=read,
)
