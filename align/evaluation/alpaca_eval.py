"""A model's outputs for AlpacaEval's judge (0.6), in its format.

A file of outputs is a JSON list of {instruction, output, generator} and what else an instruction
came with. Source: github.com/tatsu-lab/alpaca_eval.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from align.evaluation.answering import batches, text_answers
from align.evaluation.lines import append_rows, done_rows, rows_of
from align.generate import Decoding, Turn
from align.loading import Loaded
from schemas.errors import AlignError

PARTIAL = ".partial.jsonl"
ANNOTATOR = "weighted_alpaca_eval_gpt4_turbo"
KEPT = ("dataset", "datasplit")
"""What of an instruction's row goes along; its reference output does not."""


def read_instructions(path: Path) -> list[Mapping[str, Any]]:
    """The rows of a file of instructions. Raises AlignError where a row has none."""
    rows = rows_of(path, "AlpacaEval's instructions")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row.get("instruction"), str):
            raise AlignError(f"{path}: row {number} has no instruction", "name AlpacaEval's file")
    return rows


def write_alpaca_eval(
    loaded: Loaded,
    instructions: Sequence[Mapping[str, Any]],
    path: Path,
    model: str,
    decoding: Decoding,
    *,
    batch_size: int,
    advance: Callable[[int], None],
) -> int:
    """Write the outputs of all instructions; how many were answered now.

    What a run that was cut off had stands in a file beside, and is taken up.
    """
    partial = path.with_name(path.name + PARTIAL)
    done = {row["instruction"]: row for row in done_rows(partial) if row.get("generator") == model}
    written = 0
    for batch in batches(instructions, batch_size):
        if not all(row["instruction"] in done for row in batch):
            asked = [[Turn("user", [row["instruction"]])] for row in batch]
            texts = text_answers(loaded, asked, decoding)
            found = [_output(row, text, model) for row, text in zip(batch, texts, strict=True)]
            new = [row for row in found if row["instruction"] not in done]
            append_rows(partial, new)
            done |= {row["instruction"]: row for row in new}
            written += len(new)
        advance(len(batch))
    outputs = [done[row["instruction"]] for row in instructions]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(outputs, ensure_ascii=False, indent=2), encoding="utf-8")
    partial.unlink(missing_ok=True)
    return written


def judge_command(outputs: Path, folder: Path, annotator: str = ANNOTATOR) -> str:
    """What AlpacaEval is called with."""
    return (
        f"alpaca_eval --model_outputs {outputs} --annotators_config {annotator} "
        f"--output_path {folder}"
    )


def _output(row: Mapping[str, Any], text: str, model: str) -> dict[str, Any]:
    kept = {name: row[name] for name in KEPT if name in row}
    return {**kept, "instruction": row["instruction"], "output": text, "generator": model}
