"""The messages of many prompts at once, as flat arrays, and as the contents trainers read.

Nothing here loops over rows: a batch of prompts is one list of turns, whose parts are one list of
texts and places of media.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from export.buffers import (
    Ints,
    Mask,
    int32,
    int64,
    integers,
    list_starts,
    mask_array,
    mask_of,
    strings,
    texts_at,
)

TEXT_MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))
BLOCKS = pa.list_(pa.struct([("type", pa.string()), ("text", pa.string())]))
BLOCK_MESSAGES = pa.list_(pa.struct([("role", pa.string()), ("content", BLOCKS)]))


@dataclass(frozen=True, slots=True)
class Turns:
    """All turns of a batch of prompts.

    `rows` are the starts of each prompt's turns, `turns` the starts of each turn's parts, both with
    the end; `media` is each part's index into its prompt's media, -1 for a text. `texts` has a
    text for each part, empty for media and where the texts were not read.
    """

    rows: Ints
    turns: Ints
    roles: pa.StringArray
    media: Ints
    texts: pa.StringArray

    @classmethod
    def of(cls, messages: pa.ListArray) -> Self:
        """The turns of a `messages` column."""
        flat = messages.flatten()
        parts = flat.field("parts")
        inner = parts.flatten()
        return cls(
            rows=list_starts(messages),
            turns=list_starts(parts),
            roles=flat.field("role"),
            media=integers(inner.field("media_index"), null=-1),
            texts=_texts(inner),
        )

    @property
    def row_of_turn(self) -> Ints:
        """The prompt each turn belongs to."""
        return _owners(self.rows)

    @property
    def turn_of_part(self) -> Ints:
        """The turn each part belongs to."""
        return _owners(self.turns)

    @property
    def row_of_part(self) -> Ints:
        """The prompt each part belongs to."""
        return self.row_of_turn[self.turn_of_part]

    def is_user(self) -> Mask:
        """Which turns are the user's."""
        return mask_of(pc.is_in(self.roles, value_set=strings(["user"])))

    def is_system(self) -> Mask:
        """Which turns are the system's."""
        return mask_of(pc.is_in(self.roles, value_set=strings(["system"])))


def pictures_stand_first(turns: Turns) -> bool:
    """Whether every medium stands before all text of its prompt's first user turn."""
    media = turns.media >= 0
    before = np.concatenate(([0], np.cumsum(media)))
    at = np.flatnonzero(media)
    turn = turns.turn_of_part[at]
    start = turns.turns[turn]
    leads = before[at] - before[start] == at - start
    return bool(np.all(leads) and np.all(turn == _first_user(turns)[turns.row_of_turn[turn]]))


def text_contents(turns: Turns) -> pa.ListArray:
    """Turns as {role, content: text}: a turn's texts run together, its media left out."""
    content = texts_at(_text_starts(turns.texts)[turns.turns], _data(turns.texts))
    return _lists(turns.rows, [turns.roles, content], TEXT_MESSAGES)


def block_contents(turns: Turns, pictures: Ints) -> pa.ListArray:
    """Turns as {role, content: [{type, text}]}, with `pictures` blocks `image` for a medium.

    Shape of `pictures`: one number a part; what stands at a text is not read. Every block has both
    keys, since Arrow knows no optional ones.
    """
    media = turns.media >= 0
    repeats = np.where(media, pictures, 1)
    part = np.repeat(np.arange(len(media)), repeats)
    types = _BLOCK_TYPES.take(int64(media[part]))
    texts = _null_where(media[part], turns.texts.take(int64(part)))
    starts = np.concatenate(([0], np.cumsum(repeats)))[turns.turns]
    content = _lists(starts, [types, texts], BLOCKS)
    return _lists(turns.rows, [turns.roles, content], BLOCK_MESSAGES)


def with_last_text(turns: Turns, texts: pa.StringArray) -> Turns:
    """The turns with a text more at the end of each prompt, in the text that stands there if any.

    Shape of `texts`: one a prompt; it has no nulls. A prompt without turns stays without.
    """
    asked = np.flatnonzero(np.diff(turns.rows) > 0)
    last = turns.rows[1:][asked] - 1
    ends = turns.turns[last + 1]
    spoken = (ends > turns.turns[last]) & np.append(turns.media < 0, False)[ends - 1]
    opened = _with_empty_texts(turns, last[~spoken])
    more = np.full(len(opened.media), len(texts))
    more[opened.turns[last + 1] - 1] = asked
    added = pa.concat_arrays([texts, strings([""])]).take(int64(more))
    joined = pc.binary_join_element_wise(opened.texts, added, "")
    return replace(opened, texts=joined)


def text_answers(answers: pa.StringArray) -> pa.ListArray:
    """Each answer as one assistant turn with its text as content."""
    return _lists(_one_each(answers), [_assistant(answers), answers], TEXT_MESSAGES)


def block_answers(answers: pa.StringArray) -> pa.ListArray:
    """Each answer as one assistant turn with one text block."""
    types = _BLOCK_TYPES.take(int64(np.zeros(len(answers))))
    content = _lists(_one_each(answers), [types, answers], BLOCKS)
    return _lists(_one_each(answers), [_assistant(answers), content], BLOCK_MESSAGES)


def answered(prompts: pa.ListArray, answers: pa.ListArray) -> pa.ListArray:
    """Each prompt's turns with its answer's one turn behind them; both are of one layout."""
    starts, count = list_starts(prompts), len(prompts)
    asked = prompts.flatten()
    turns = pa.concat_arrays([asked, answers.flatten()])
    order = np.insert(np.arange(len(asked)), starts[1:], len(asked) + np.arange(count))
    return pa.ListArray.from_arrays(
        int32(starts + np.arange(count + 1)), turns.take(int64(order)), type=prompts.type
    )


_BLOCK_TYPES = strings(["text", "image"])


def _with_empty_texts(turns: Turns, at: Ints) -> Turns:
    """The turns with an empty text as one more part of each of these turns."""
    ends = turns.turns[at + 1]
    places = np.insert(np.arange(len(turns.media)), ends, len(turns.media))
    texts = pa.concat_arrays([turns.texts, strings([""])]).take(int64(places))
    grown = np.zeros(len(turns.turns), dtype=np.int64)
    grown[at + 1] = 1
    starts = turns.turns + np.cumsum(grown)
    return replace(turns, turns=starts, media=np.insert(turns.media, ends, -1), texts=texts)


def _lists(starts: Ints, columns: list[pa.Array], kind: pa.ListType) -> pa.ListArray:
    """Lists of structs of these columns."""
    values = pa.StructArray.from_arrays(columns, fields=list(kind.value_type))
    return pa.ListArray.from_arrays(int32(starts), values, type=kind)


def _assistant(answers: pa.StringArray) -> pa.StringArray:
    return strings(["assistant"]).take(int64(np.zeros(len(answers))))


def _one_each(answers: pa.StringArray) -> Ints:
    return np.arange(len(answers) + 1)


def _owners(starts: Ints) -> Ints:
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def _first_user(turns: Turns) -> Ints:
    """The first user turn of each prompt, -1 where it has none. Shape: (prompts,)."""
    first = np.full(len(turns.rows) - 1, -1, dtype=np.int64)
    users = np.flatnonzero(turns.is_user())[::-1]
    first[turns.row_of_turn[users]] = users
    return first


def _texts(parts: pa.StructArray) -> pa.StringArray:
    """Each part's text; a null's place is made empty, so that neighbours can run together."""
    if parts.type.get_field_index("text") < 0:
        return strings([""] * len(parts))
    return parts.field("text").fill_null(strings([""])[0])


def _text_starts(texts: pa.StringArray) -> Ints:
    starts = pa.Array.from_buffers(
        pa.int32(), len(texts) + 1, [None, texts.buffers()[1]], offset=texts.offset
    )
    return integers(starts)


def _data(texts: pa.StringArray) -> pa.Buffer:
    return texts.buffers()[2] or pa.py_buffer(b"")


def _null_where(mask: Mask, texts: pa.StringArray) -> pa.StringArray:
    _, starts, data = texts.buffers()
    valid = mask_array(~mask).buffers()[1]
    return pa.StringArray.from_buffers(len(texts), starts, data, valid, int(mask.sum()))
