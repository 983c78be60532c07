"""`sft`: the set's own reference answers, the paper's baseline for supervised training.

Rows are prompt and completion, as TRL's SFTTrainer takes them. No rater has a say in them, so
prompts that nobody voted on are there too; those without a reference are not, and are told of.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask
from export.chat import Chat, copied, write_chat
from export.checks import answer_refusals
from export.reading import references_file
from export.turns import Turns
from schemas.counted import counted


def _refusals(rows: pa.RecordBatch, turns: Turns) -> Mapping[str, Mask]:
    return answer_refusals(rows, turns, "reference")


CHAT = Chat(
    name="sft",
    answers={"completion": "reference"},
    refusals=_refusals,
    more=copied(("prompt_id", "component")),
    decided=False,
)


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's reference answers. Raises ExportError where input or folder is unfit."""
    result = write_chat(source, references_file(source), CHAT, out, options)
    without = source.left_out.get("references", 0)
    if not without:
        return result
    told = counted(
        without,
        "prompt has no reference answer in its source and was not taken",
        "prompts have no reference answer in their source and were not taken",
    )
    return replace(result, warnings=(*result.warnings, told))


FORMAT = Format(CHAT.name, "the set's own reference answers, for SFT", write, ("references",))
