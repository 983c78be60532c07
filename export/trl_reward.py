"""`trl-reward`: rows for TRL's RewardTrainer, which reads texts only (TRL 1.16).

`chosen` and `rejected` are whole conversations, the prompt being in both, as TRL recommends. A
`margin` is written when it is asked for: the difference in score as a share of the widest possible
one, 0 to 1. A difference in points of the rubric would saturate the loss, -log sigmoid(r_chosen -
r_rejected - margin). The trainer uses the column where it is there, so it must have no gaps.
"""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask, mask_of
from export.chat import Column, copied, numbers
from export.checks import SIDES, text_refusals
from export.features import with_features
from export.media import NO_FILES
from export.reading import PairsFile
from export.shape import Shape, Shaped
from export.shards import write_shards
from export.turns import TEXT_MESSAGES, Turns, answered, text_answers, text_contents

IDS = ("pair_id", "prompt_id")


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's pairs for TRL. Raises ExportError where input or folder is unfit."""
    more = copied(IDS) | (numbers(("margin",)) if source.choices.reward_margin else {})
    return write_shards(source, PairsFile(source.pairs), _shape(more), out, options)


FORMAT = Format("trl-reward", "TRL rows for reward models, text only", write)


def _shape(more: Mapping[str, Column]) -> Shape:
    fields = [(side, TEXT_MESSAGES) for side in SIDES]
    fields += [(name, kind) for name, (kind, _made) in more.items()]
    return Shape(FORMAT.name, with_features(pa.schema(fields)), (), lambda it: _shaped(it, more))


def _shaped(pairs: pa.RecordBatch, more: Mapping[str, Column]) -> Shaped:
    turns = Turns.of(pairs.column("messages"))
    asked = text_contents(turns)
    columns = {side: answered(asked, text_answers(pairs.column(side))) for side in SIDES}
    columns |= {name: made(pairs) for name, (_kind, made) in more.items()}
    table = pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))
    refusals = text_refusals(pairs, turns)
    if "margin" in more:
        refusals["no_margin"] = no_margin(pairs)
    return Shaped(table, [NO_FILES] * pairs.num_rows, refusals)


def no_margin(pairs: pa.RecordBatch) -> Mask:
    """Where no rater gave scores, so that there is no margin."""
    return mask_of(pc.is_null(pairs.column("margin")))
