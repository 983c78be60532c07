"""`trl-kto`: single answers with a label, for TRL's KTOTrainer, with pictures (TRL 1.16).

A row is an answer that stands in pairs of the build, on one side only: `label` is true where it was
always chosen and false where it was always rejected. Pairs that an unproven judge alone decided do
not count: an answer that stands in no other is refused. Answers in no pair are not taken.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask, integers, mask_array
from export.chat import Chat, copied, write_chat
from export.checks import answer_refusals
from export.reading import answers_file
from export.turns import Turns

NAME = "trl-kto"
IDS = ("prompt_id", "candidate_id", "component")
COUNTS = ("n_chosen", "n_rejected", "n_judged")
"""The pairs that an answer stands in; those by an unproven judge say nothing of it."""


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's labelled answers. Raises ExportError where input or folder is unfit."""
    return write_chat(source, answers_file(source), _CHAT, out, options)


FORMAT = Format(NAME, "TRL rows of single good and bad answers (KTO)", write, ("answers",))


def _refusals(rows: pa.RecordBatch, turns: Turns) -> Mapping[str, Mask]:
    chosen, rejected = (_stands(rows, count) for count in ("n_chosen", "n_rejected"))
    return {
        "judge_unproven": ~(chosen | rejected),
        **answer_refusals(rows, turns, "response"),
        "both_sides": chosen & rejected,
    }


def _paired(rows: pa.RecordBatch) -> pa.RecordBatch:
    return rows.filter(mask_array(np.any([_stands(rows, count) for count in COUNTS], axis=0)))


def _label(rows: pa.RecordBatch) -> pa.BooleanArray:
    return mask_array(_stands(rows, "n_chosen"))


def _stands(rows: pa.RecordBatch, count: str) -> Mask:
    return np.greater(integers(rows.column(count)), 0)


_CHAT = Chat(
    name=NAME,
    answers={"completion": "response"},
    refusals=_refusals,
    more={"label": (pa.bool_(), _label), **copied(IDS)},
    taken=_paired,
    taken_by=COUNTS,
    decided=False,
)
