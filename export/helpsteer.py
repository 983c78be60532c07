"""`helpsteer`: every scored answer in a row of HelpSteer2, one whole number a metric.

Columns prompt, response, the rubric's metrics (for the preset those of HelpSteer2), then ids, and
`images` where the set has any. A conversation is one text, as the card of nvidia/HelpSteer2 has it:
the first user's turn as it is, each further turn behind a line `<extra_id_1>User` or
`<extra_id_1>Assistant`. The first has no such line, so that a prompt which an assistant opens is
refused. HelpSteer2 knows no pictures: each has a line `<image>` where it is shown. Means between
two points are rounded, .5 up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from export.base import ExportInput, ExportOptions, ExportResult, Format, Metric
from export.buffers import Ints, Mask, int32, int64, strings
from export.chat import layout_of, unshown
from export.checks import (
    IMAGE_TOKEN,
    answer_refusals,
    has_system,
    image_token,
    not_alternating,
    says,
    several_turns,
)
from export.features import MEDIA, with_features
from export.media import MediaBatch
from export.reading import answers_file
from export.scored import points_of, rounding, without_points
from export.shape import Shape, Shaped
from export.shards import write_shards
from export.turns import Turns
from schemas.errors import ExportError

NAME = "helpsteer"
TURN = "<extra_id_"
HEADS = ("", "\n<extra_id_1>User\n", "\n<extra_id_1>Assistant\n")
TEXTS = ("prompt", "response")
IDS = ("prompt_id", "candidate_id")


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's scored answers as HelpSteer2 has them.

    Raises ExportError where input or folder is unfit, and for a metric named as another column.
    """
    for metric in source.rubric:
        if metric.name in (*TEXTS, *IDS, "images"):
            raise ExportError(
                f"metric {metric.name!r} has the name of a column of {NAME}",
                "name it otherwise in [rubric], or leave helpsteer out",
            )
    answers = answers_file(source)
    layout = layout_of(answers, source, _shape(source.rubric, pictures=True))
    shape = _shape(source.rubric, pictures=layout.pictures)
    result = write_shards(source, answers, shape, out, options)
    return replace(result, warnings=(*result.warnings, *rounding(source, answers)))


FORMAT = Format(NAME, "HelpSteer2 rows: every scored answer", write, ("answers",))


def _shape(rubric: Sequence[Metric], *, pictures: bool) -> Shape:
    fields = [(name, pa.string()) for name in TEXTS]
    fields += [(metric.name, pa.int32()) for metric in rubric]
    fields += [(name, pa.string()) for name in IDS]
    if pictures:
        fields.append(("images", MEDIA))
    media_columns = ("images",) if pictures else ()
    return Shape(
        NAME,
        with_features(pa.schema(fields)),
        media_columns,
        lambda rows: _shaped(rows, rubric, pictures=pictures),
    )


def _shaped(rows: pa.RecordBatch, rubric: Sequence[Metric], *, pictures: bool) -> Shaped:
    turns = Turns.of(rows.column("messages"))
    media = MediaBatch.of(rows.column("media"))
    prompt = flattened(turns, media.pictures_of_part(turns))
    points = {name: int32(values) for name, values in points_of(rows, rubric).items()}
    ids = {name: rows.column(name) for name in IDS}
    columns = {"prompt": prompt, "response": rows.column("response"), **points, **ids}
    table = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    refusals = {
        **without_points(rows, rubric),
        **answer_refusals(rows, turns, "response"),
        "system_turn": has_system(turns),
        "not_alternating": not_alternating(turns),
        "special_token": several_turns(turns) & says(rows, turns, (TURN,), ()),
        **_media_refusals(rows, turns, media, pictures=pictures),
    }
    return Shaped(table, media.by_use(turns), refusals)


def _media_refusals(
    rows: pa.RecordBatch, turns: Turns, media: MediaBatch, *, pictures: bool
) -> Mapping[str, Mask]:
    token = image_token(rows, turns, ("response",))
    found = {"video_not_supported": media.rows_with_video(), "image_token": token}
    return found if pictures else found | unshown(turns, token)


def flattened(turns: Turns, pictures: Ints) -> pa.StringArray:
    """Each prompt as one text. Shape of `pictures`: how many each part shows, 0 for a text."""
    spoken = _joined(turns.turns, _with_marks(turns, pictures))
    first = np.zeros(len(turns.roles), dtype=np.bool_)
    first[turns.rows[:-1][np.diff(turns.rows) > 0]] = True
    head = np.where(first, 0, np.where(turns.is_user(), 1, 2))
    heads = strings(HEADS).take(int64(head))
    return _joined(turns.rows, pc.binary_join_element_wise(heads, spoken, ""))


def _with_marks(turns: Turns, pictures: Ints) -> pa.StringArray:
    """The parts' texts; a picture is a line of its own, also behind a text."""
    shown = turns.media >= 0
    inner = np.ones(len(shown), dtype=np.bool_)
    inner[turns.turns[:-1][np.diff(turns.turns) > 0]] = False
    behind = inner & np.append(False, ~shown[:-1])[: len(shown)]
    count = int(pictures.max(initial=0)) + 1
    marks = [start + f"{IMAGE_TOKEN}\n" * number for start in ("", "\n") for number in range(count)]
    known = pa.concat_arrays([turns.texts, strings(marks)])
    mark = len(turns.texts) + behind * count + pictures
    return known.take(int64(np.where(shown, mark, np.arange(len(shown)))))


def _joined(starts: Ints, texts: pa.StringArray) -> pa.StringArray:
    return pc.binary_join(pa.ListArray.from_arrays(int32(starts), texts), "")
