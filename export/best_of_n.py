"""`best-of-n`: the best scored answer of every prompt, for supervised training (TRL's SFTTrainer).

The best has the highest score; among equals one that everybody gave full marks, then a seeded draw.
A prompt without a score is refused as `unrated`, and where its best score is below the threshold
asked for, as `below_threshold`. Rows are prompt and completion, with `score` in points of the
rubric `rubric_id`: a threshold is in points of the build's own, so with one a prompt that was
scored by another is refused as `other_rubric`.
"""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import Mask
from export.chat import Chat, copied, numbers, write_chat
from export.checks import answer_refusals, below, unrated
from export.reading import answers_file
from export.scored import best, other_rubric
from export.turns import Turns

NAME = "best-of-n"
IDS = ("prompt_id", "candidate_id", "component", "rubric_id")


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's best answers. Raises ExportError where input or folder is unfit."""
    rubric, threshold = source.rubric, source.choices.threshold

    def refusals(rows: pa.RecordBatch, turns: Turns) -> Mapping[str, Mask]:
        found = {"unrated": unrated(rows), **answer_refusals(rows, turns, "response")}
        if threshold is not None:
            found["other_rubric"] = other_rubric(rows, rubric)
            found["below_threshold"] = below(rows.column("score"), threshold)
        return found

    chat = Chat(
        name=NAME,
        answers={"completion": "response"},
        refusals=refusals,
        more={**copied(IDS), **numbers(("score",))},
        taken=best,
        taken_by=("place",),
    )
    return write_chat(source, answers_file(source), chat, out, options)


FORMAT = Format(NAME, "the best scored answer of each prompt, for SFT", write, ("answers",))
