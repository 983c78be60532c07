"""`rejection-sampling`: an answer that everybody gave full marks, for supervised training.

As in mllm-dpo: answers with the highest helpfulness, correctness and coherence (the metrics with
weight) on every judgement, one a prompt and its pictures, drawn by seed. A prompt whose answers
all fall short is refused as `no_full_marks`, one without a score as `unrated`.
"""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask, mask_of
from export.chat import Chat, copied, write_chat
from export.checks import answer_refusals, unrated
from export.reading import answers_file
from export.scored import best
from export.turns import Turns


def _refusals(rows: pa.RecordBatch, turns: Turns) -> Mapping[str, Mask]:
    short = ~mask_of(rows.column("full_marks"))
    answer = answer_refusals(rows, turns, "response")
    return {"unrated": unrated(rows), "no_full_marks": short, **answer}


CHAT = Chat(
    name="rejection-sampling",
    answers={"completion": "response"},
    refusals=_refusals,
    more=copied(("prompt_id", "candidate_id", "component")),
    taken=best,
    taken_by=("place",),
)


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write answers of full marks. Raises ExportError where input or folder is unfit."""
    return write_chat(source, answers_file(source), CHAT, out, options)


FORMAT = Format(CHAT.name, "one answer of full marks a prompt, for SFT", write, ("answers",))
