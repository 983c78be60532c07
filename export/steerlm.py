"""`steerlm`: every scored answer, under a request for the scores that it got (SteerLM).

The user's last turn is followed by the sentence of mllm-dpo, with the answer's points on every
metric; a model trained so is asked with the highest points (`best_request`). Rows are prompt and
completion, as TRL's SFTTrainer takes them. Means between two points are rounded, .5 up.
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
from schemas.errors import ExportError

NAME = "steerlm"
REQUEST = (
    "\nPlease answer the question such that your response is in the following attributes in "
    "{steps}-point Likert scale:\n"
)
IDS = ("prompt_id", "candidate_id", "component")


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's scored answers for SteerLM.

    Raises ExportError where input or folder is unfit, and for a rubric that the sentence cannot
    tell of.
    """
    rubric = source.rubric
    opening = _opening(rubric)

    def refusals(rows: pa.RecordBatch, turns: Turns) -> Mapping[str, Mask]:
        return {**without_points(rows, rubric), **answer_refusals(rows, turns, "response")}

    def asked(rows: pa.RecordBatch, turns: Turns) -> Turns:
        return with_last_text(turns, _requests(opening, points_of(rows, rubric)))

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


def best_request(rubric: Sequence[Metric]) -> str:
    """What follows the user's last turn when a trained model is asked: every metric at its highest.

    As in mllm-dpo also the metrics without weight, of which more is not better. Raises ExportError
    as `write` does.
    """
    return _opening(rubric) + ",".join(f"{_shown(it.name)}:{it.high:.0f}" for it in rubric)


def _opening(rubric: Sequence[Metric]) -> str:
    """The sentence before the points. It speaks of one scale in whole steps."""
    scales = {(metric.low, metric.high) for metric in rubric}
    if len(scales) != 1:
        raise ExportError(
            f"steerlm asks for points on one scale, and the rubric has {len(scales)}",
            "give all metrics of [rubric] the same min and max, or leave steerlm out",
        )
    ((low, high),) = scales
    if not (float(low).is_integer() and float(high).is_integer()):
        raise ExportError(
            f"steerlm asks for whole points, and the scale is {low} to {high}",
            "give the metrics of [rubric] a scale of whole numbers, or leave steerlm out",
        )
    return REQUEST.format(steps=int(high - low) + 1)


def _requests(opening: str, points: Mapping[str, Ints]) -> pa.StringArray:
    """Each answer's request: the opening, then `Metric:points` of all metrics."""
    rows = len(next(iter(points.values())))
    texts = strings([opening]).take(int64(np.zeros(rows)))
    for number, (name, values) in enumerate(points.items()):
        head = f"{',' if number else ''}{_shown(name)}:"
        texts = pc.binary_join_element_wise(texts, head, int64(values).cast(pa.string()), "")
    return texts


def _shown(metric: str) -> str:
    return metric.capitalize()
