"""`openrlhf`: rows for its DPO and reward models, which read texts only (OpenRLHF of 2026-08).

`prompt`, `chosen` and `rejected` are lists of messages, for --data.apply_chat_template; `margin` (0
to 1) is there where raters gave one, and counts as 0 elsewhere.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask
from export.checks import text_refusals
from export.lines import Asked, LineShape, Values, said, write_lines
from export.media import MediaBatch, RowFiles
from export.reading import PairsFile
from export.turns import Turns


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's pairs for OpenRLHF. Raises ExportError where input or folder is unfit."""
    shape = LineShape(FORMAT.name, _refusals, _line)
    return write_lines(source, PairsFile(source.pairs), shape, out, options)


FORMAT = Format("openrlhf", "OpenRLHF rows for DPO and reward models, text only", write)


def _refusals(pairs: pa.RecordBatch, turns: Turns, _media: MediaBatch) -> Mapping[str, Mask]:
    return text_refusals(pairs, turns)


def _line(row: Mapping[str, Any], asked: Asked, _files: RowFiles) -> Values:
    margin = {} if row["margin"] is None else {"margin": float(row["margin"])}
    return {
        "prompt": asked.spoken(),
        "chosen": [said("assistant", row["chosen"])],
        "rejected": [said("assistant", row["rejected"])],
        **margin,
        "pair_id": row["pair_id"],
    }
