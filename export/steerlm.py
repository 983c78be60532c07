"""`steerlm`: every scored answer, under a request for the scores that it got (SteerLM).

The user's last turn is followed by the sentence of mllm-dpo, with the answer's points on every
metric; a model trained so is asked with the highest points. Rows are prompt and completion, as
TRL's SFTTrainer takes them. Means between two points are rounded, .5 up.
Source: mllm-dpo's training data; SteerLM, arXiv 2310.05344.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from export.base import ExportInput, ExportOptions, ExportResult, Format, Metric
from export.buffers import Ints, Mask, int64, strings
from export.chat import Chat, copied, write_chat
from export.checks import answer_refusals
from export.reading import answers_file
from export.scored import points_of, rounding, without_points
from export.turns import Turns, with_last_text
from schemas.steerlm import opening, shown

NAME = "steerlm"
IDS = ("prompt_id", "candidate_id", "component")


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's scored answers for SteerLM.

    Raises ExportError where input or folder is unfit, and for a rubric that the sentence cannot
    tell of.
    """
    rubric = source.rubric
    sentence = opening(_scales(rubric))

    def refusals(rows: pa.RecordBatch, turns: Turns) -> Mapping[str, Mask]:
        return {**without_points(rows, rubric), **answer_refusals(rows, turns, "response")}

    def asked(rows: pa.RecordBatch, turns: Turns) -> Turns:
        return with_last_text(turns, _requests(sentence, points_of(rows, rubric)))

    answers = answers_file(source)
    chat = Chat(
        name=NAME,
        answers={"completion": "response"},
        refusals=refusals,
        more=copied(IDS),
        asked=asked,
    )
    result = write_chat(source, answers, chat, out, options)
    return replace(result, warnings=(*result.warnings, *rounding(source, answers)))


FORMAT = Format(NAME, "every answer under a request for its scores, for SFT", write, ("answers",))


def _scales(rubric: Sequence[Metric]) -> list[tuple[float, float]]:
    return [(metric.low, metric.high) for metric in rubric]


def _requests(sentence: str, points: Mapping[str, Ints]) -> pa.StringArray:
    """Each answer's request: the opening, then `Metric:points` of all metrics."""
    rows = len(next(iter(points.values())))
    texts = strings([sentence]).take(int64(np.zeros(rows)))
    for number, (name, values) in enumerate(points.items()):
        head = f"{',' if number else ''}{shown(name)}:"
        texts = pc.binary_join_element_wise(texts, head, int64(values).cast(pa.string()), "")
    return texts
