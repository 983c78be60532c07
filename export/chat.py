"""pa.RecordBatch of chat messages with pictures, as TRL's trainers take them (TRL 1.16).

Columns images, prompt, one message list an answer, then what a format adds. Contents are plain
texts where every prompt shows its pictures before the first user turn's text, as TRL then puts
them there itself; else all contents are blocks, since an Arrow column has one layout. A set
without pictures has no `images`: the first row's keys alone switch TRL to vision.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import methodcaller
from pathlib import Path

import numpy as np
import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult
from export.buffers import Mask, float64, mask_array
from export.checks import image_token, shows_media
from export.features import MEDIA, with_features
from export.media import MediaBatch, RowFiles
from export.pictures import MediaColumn, RefusedMediaError
from export.reading import Rows
from export.shape import Shape, Shaped, Taken, all_rows
from export.shards import shaped_rows, write_shards
from export.turns import (
    BLOCK_MESSAGES,
    TEXT_MESSAGES,
    Turns,
    block_answers,
    block_contents,
    pictures_stand_first,
    text_answers,
    text_contents,
)

Column = tuple[pa.DataType, Callable[[pa.RecordBatch], pa.Array]]


def as_it_is(_rows: pa.RecordBatch, turns: Turns) -> Turns:
    """The prompts unchanged."""
    return turns


@dataclass(frozen=True, slots=True)
class Chat:
    """A format of chat rows.

    `answers` maps a column of messages -> the column of texts that it is made from. `refusals` are
    the rows that it refuses, by reason; `more` its further columns by name, of which a trainer
    reads `also_read` as texts beside the answers. `taken` leaves out rows that are not the
    format's, going by the columns `taken_by`. `asked` may change the prompts that are written. With
    `pictures` false a prompt that shows any medium is refused; `decided` is as in export.shape.
    """

    name: str
    answers: Mapping[str, str]
    refusals: Callable[[pa.RecordBatch, Turns], Mapping[str, Mask]]
    more: Mapping[str, Column] = field(default_factory=dict)
    also_read: Sequence[str] = ()
    taken: Taken = all_rows
    taken_by: Sequence[str] = ()
    asked: Callable[[pa.RecordBatch, Turns], Turns] = as_it_is
    pictures: bool = True
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """What a whole set decides: whether it has pictures, and whether contents must be blocks."""

    pictures: bool
    blocks: bool


def write_chat(
    source: ExportInput, table: Rows, chat: Chat, out: Path, options: ExportOptions
) -> ExportResult:
    """Write a table's rows in this format. Raises ExportError as `write_shards` does."""
    layout = Layout(False, False)
    if chat.pictures:
        layout = layout_of(table, source, _shape(chat, Layout(True, False)), chat.taken_by)
    return write_shards(source, table, _shape(chat, layout), out, options)


def layout_of(
    table: Rows, source: ExportInput, shape: Shape, taken_by: Sequence[str] = ()
) -> Layout:
    """The layout that fits the rows that will be written.

    `shape` is the format's for a set with pictures, `taken_by` the columns its `taken` goes by.
    Texts are read only where a prompt shows a medium, and no further than the layout is in doubt.
    """
    most = _most(table, source, shape, taken_by)
    store = MediaColumn("images", source.media)
    pictures = blocks = False
    for batch in _batches(table, source, None):
        if (pictures, blocks) == (most.pictures, most.blocks):
            break
        rows = shape.taken(batch)
        shaped = shaped_rows(rows, shape, source)
        written = ~shaped.refused()
        turns = Turns.of(rows.filter(mask_array(written)).column("messages"))
        blocks = blocks or not pictures_stand_first(turns)
        pictures = pictures or _has_picture(shaped.files, written, store)
    return Layout(pictures, pictures and blocks)


def _most(table: Rows, source: ExportInput, shape: Shape, taken_by: Sequence[str]) -> Layout:
    """What all rows that the format takes would ask for, if none of them were refused."""
    columns = [*table.leaves("messages", without=("text",)), *taken_by, "split"]
    pictures = blocks = False
    for batch in _batches(table, source, columns):
        turns = Turns.of(shape.taken(batch).column("messages"))
        pictures = pictures or bool(np.any(turns.media >= 0))
        blocks = blocks or not pictures_stand_first(turns)
    return Layout(pictures, blocks)


def _batches(
    table: Rows, source: ExportInput, columns: Sequence[str] | None
) -> Iterator[pa.RecordBatch]:
    for split in source.splits:
        yield from table.batches(split, columns)


def _has_picture(files: Sequence[RowFiles], written: Mask, store: MediaColumn) -> bool:
    """Whether one of the rows that are written shows pictures that can all be read."""
    for row in np.flatnonzero(written).tolist():
        images = files[row].images
        if not images:
            continue
        try:
            store.add(images, store.sizes(images))
        except RefusedMediaError:
            continue
        return True
    return False


def _shape(chat: Chat, layout: Layout) -> Shape:
    messages = BLOCK_MESSAGES if layout.blocks else TEXT_MESSAGES
    fields = [("images", MEDIA)] if layout.pictures else []
    fields += [(name, messages) for name in ("prompt", *chat.answers)]
    fields += [(name, kind) for name, (kind, _made) in chat.more.items()]
    schema = with_features(pa.schema(fields))
    media_columns = ("images",) if layout.pictures else ()
    return Shape(
        name=chat.name,
        schema=schema,
        media_columns=media_columns,
        shaped=lambda rows: _shaped(rows, chat, layout),
        decided=chat.decided,
        taken=chat.taken,
    )


def _shaped(rows: pa.RecordBatch, chat: Chat, layout: Layout) -> Shaped:
    turns = Turns.of(rows.column("messages"))
    media = MediaBatch.of(rows.column("media"))
    columns = _contents(rows, chat.asked(rows, turns), media, chat, layout)
    columns |= {name: made(rows) for name, (_kind, made) in chat.more.items()}
    table = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    return Shaped(table, media.by_use(turns), _refusals(rows, turns, media, chat, layout))


def _contents(
    rows: pa.RecordBatch, turns: Turns, media: MediaBatch, chat: Chat, layout: Layout
) -> dict[str, pa.Array]:
    """Prompt and answers as message lists of the set's layout."""
    if not layout.blocks:
        made = {name: text_answers(rows.column(text)) for name, text in chat.answers.items()}
        return {"prompt": text_contents(turns), **made}
    made = {name: block_answers(rows.column(text)) for name, text in chat.answers.items()}
    return {"prompt": block_contents(turns, media.pictures_of_part(turns)), **made}


def _refusals(
    rows: pa.RecordBatch, turns: Turns, media: MediaBatch, chat: Chat, layout: Layout
) -> Mapping[str, Mask]:
    """The format's own, videos, and texts that a vision model would take for a picture's place.

    Pictures that a set without readable ones still shows are lost ones.
    """
    refusals = dict(chat.refusals(rows, turns))
    if not chat.pictures:
        refusals["media_not_supported"] = shows_media(turns)
        return refusals
    refusals["video_not_supported"] = media.rows_with_video()
    refusals["image_token"] = image_token(rows, turns, (*chat.answers.values(), *chat.also_read))
    if not layout.pictures:
        refusals |= unshown(turns, refusals["image_token"])
    return refusals


def unshown(turns: Turns, says_token: Mask) -> dict[str, Mask]:
    """What a set without pictures refuses of rows that show any; the marks of others are words."""
    shown = shows_media(turns)
    return {"image_token": says_token & shown, "missing_media": shown}


def copied(names: Sequence[str]) -> dict[str, Column]:
    """Columns of texts that stay as they are."""
    return {name: (pa.string(), methodcaller("column", name)) for name in names}


def numbers(names: Sequence[str]) -> dict[str, Column]:
    """Columns of decimals as float64."""
    return {name: (pa.float64(), partial(_number, name=name)) for name in names}


def _number(rows: pa.RecordBatch, name: str) -> pa.Array:
    return float64(rows.column(name))
