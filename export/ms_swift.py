"""`ms-swift`: rows for DPO and for reward models with pictures (ms-swift 4).

`messages` end with the chosen answer, `rejected_response` is the other one, and the reward model
subtracts `margin` (0 to 1), which counts as 0 where it is missing. Every picture and video has its
mark in the text, frames are pictures. Paths are relative to the export: train with ROOT_IMAGE_DIR
set to it, or from within it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask
from export.checks import common_refusals, media_token, not_alternating, says
from export.lines import Asked, LineShape, Values, said, write_lines
from export.media import MediaBatch, RowFiles
from export.reading import PairsFile
from export.turns import Turns

MARKS = ("<bbox>", "<ref-object>", "<cot-process>", "<start-image>", "<img>")
"""What its templates replace besides the marks of media; <img> opens a file of the machine."""


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's pairs for ms-swift. Raises ExportError where input or folder is unfit."""
    shape = LineShape(FORMAT.name, _refusals, _line)
    return write_lines(source, PairsFile(source.pairs), shape, out, options)


FORMAT = Format(
    "ms-swift", "ms-swift rows for DPO and reward models, with pictures and videos", write
)


def _refusals(pairs: pa.RecordBatch, turns: Turns, _media: MediaBatch) -> Mapping[str, Mask]:
    return {
        **common_refusals(pairs, turns),
        "not_alternating": not_alternating(turns),
        "image_token": media_token(pairs, turns),
        "special_token": says(pairs, turns, MARKS),
    }


def _line(row: Mapping[str, Any], asked: Asked, files: RowFiles) -> Values:
    margin = {} if row["margin"] is None else {"margin": float(row["margin"])}
    media = {"images": list(files.images), "videos": list(files.videos)}
    return {
        "messages": [*(said(*turn) for turn in asked.marked()), said("assistant", row["chosen"])],
        "rejected_response": row["rejected"],
        **{name: paths for name, paths in media.items() if paths},
        **margin,
        "pair_id": row["pair_id"],
    }
