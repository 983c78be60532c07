"""`nemo-rl`: rows for its DPO and reward models, text only (NeMo-RL's PreferenceDataset).

`context` is the prompt; `completions` are two, the lower rank being the better. There is no
`task_name`: its loader adds that column itself and fails where a file has one.
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
    """Write a build's pairs for NeMo-RL. Raises ExportError where input or folder is unfit."""
    shape = LineShape(FORMAT.name, _refusals, _line)
    return write_lines(source, PairsFile(source.pairs), shape, out, options)


FORMAT = Format("nemo-rl", "NeMo-RL rows for DPO and reward models, text only", write)


def _refusals(pairs: pa.RecordBatch, turns: Turns, _media: MediaBatch) -> Mapping[str, Mask]:
    return text_refusals(pairs, turns)


def _line(row: Mapping[str, Any], asked: Asked, _files: RowFiles) -> Values:
    return {
        "context": asked.spoken(),
        "completions": [_ranked(0, row["chosen"]), _ranked(1, row["rejected"])],
        "pair_id": row["pair_id"],
    }


def _ranked(rank: int, answer: str) -> Values:
    return {"rank": rank, "completion": [said("assistant", answer)]}
