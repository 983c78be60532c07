"""TRL: rows for its DPO trainer, with pictures (TRL 1.16, vision preference sets).

Columns images, prompt, chosen, rejected, then ids and weights that TRL ignores. Contents are plain
texts where every prompt shows its pictures before the first user turn's text, as TRL then puts
them there itself; else all contents are blocks, since an Arrow column has one layout. A set
without pictures has no `images`: the first row's keys alone switch TRL to vision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask, float64
from export.checks import common_refusals, image_token, shows_media
from export.features import MEDIA, with_features
from export.media import MediaBatch
from export.pictures import MediaColumn, RefusedMediaError
from export.reading import PairsFile
from export.shape import Shape, Shaped
from export.shards import write_shards
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

IDS = ("pair_id", "prompt_id")
NUMBERS = ("margin", "delta", "prompt_weight", "length_weight")


@dataclass(frozen=True, slots=True)
class Layout:
    """What a whole set decides: whether it has pictures, and whether contents must be blocks."""

    pictures: bool
    blocks: bool


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's pairs for TRL. Raises ExportError where they or the folder cannot be used."""
    pairs = PairsFile(source.pairs)
    layout = layout_of(pairs, source)
    return write_shards(source, pairs, _shape(layout), out, options)


FORMAT = Format("trl", "TRL preference rows (DPO), with pictures", write)


def layout_of(pairs: PairsFile, source: ExportInput) -> Layout:
    """The layout that fits every prompt of the splits to be written; texts are not read for it."""
    columns = pairs.leaves("messages", without=("text",)) + pairs.leaves("media")
    store = MediaColumn("images", source.media)
    pictures = blocks = False
    for split in source.splits:
        for batch in pairs.batches(split, [*columns, "split"]):
            turns = Turns.of(batch.column("messages"))
            blocks = blocks or not pictures_stand_first(turns)
            pictures = pictures or _has_picture(batch, turns, store)
    return Layout(pictures, pictures and blocks)


def _has_picture(batch: pa.RecordBatch, turns: Turns, store: MediaColumn) -> bool:
    """Whether a row shows pictures that can all be read."""
    media = MediaBatch.of(batch.column("media"))
    for files in media.by_use(turns):
        if files.images and not files.videos:
            try:
                store.sizes(files.images)
            except RefusedMediaError:
                continue
            return True
    return False


def _shape(layout: Layout) -> Shape:
    messages = BLOCK_MESSAGES if layout.blocks else TEXT_MESSAGES
    fields = [("images", MEDIA)] if layout.pictures else []
    fields += [(name, messages) for name in ("prompt", "chosen", "rejected")]
    fields += [(name, pa.string()) for name in IDS]
    fields += [(name, pa.float64()) for name in NUMBERS]
    schema = with_features(pa.schema(fields))
    media_columns = ("images",) if layout.pictures else ()
    return Shape(FORMAT.name, schema, media_columns, lambda pairs: _shaped(pairs, layout))


def _shaped(pairs: pa.RecordBatch, layout: Layout) -> Shaped:
    turns = Turns.of(pairs.column("messages"))
    media = MediaBatch.of(pairs.column("media"))
    columns = _contents(pairs, turns, media, layout)
    columns |= {name: pairs.column(name) for name in IDS}
    columns |= {name: float64(pairs.column(name)) for name in NUMBERS}
    table = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    return Shaped(table, media.by_use(turns), _refusals(pairs, turns, media, layout))


def _contents(
    pairs: pa.RecordBatch, turns: Turns, media: MediaBatch, layout: Layout
) -> dict[str, pa.Array]:
    """Prompt, chosen and rejected as message lists of the set's layout."""
    answers = {name: pairs.column(name) for name in ("chosen", "rejected")}
    if not layout.blocks:
        done = {name: text_answers(column) for name, column in answers.items()}
        return {"prompt": text_contents(turns), **done}
    blocks = block_contents(turns, media.pictures_of_part(turns))
    return {"prompt": blocks, **{name: block_answers(column) for name, column in answers.items()}}


def _refusals(
    pairs: pa.RecordBatch, turns: Turns, media: MediaBatch, layout: Layout
) -> Mapping[str, Mask]:
    """The common checks, videos, and texts that a vision model would take for a picture's place.

    Pictures that a set without readable ones still shows are lost ones.
    """
    refusals = common_refusals(pairs, turns)
    refusals["video_not_supported"] = media.rows_with_video()
    if layout.pictures:
        refusals["image_token"] = image_token(pairs, turns)
    else:
        refusals["missing_media"] = shows_media(turns)
    return refusals
