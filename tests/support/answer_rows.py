"""Rows of single answers, made up for tests: what an export makes of a build beside its pairs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from export.base import ExportInput
from schemas.arrow import to_table
from schemas.candidate import Medium, Message, candidate_id_of, prompt_id_of
from schemas.exported import AnswerRow
from tests.support.pairs import build, user

DEFAULTS: dict[str, Any] = {
    "split": "train",
    "source": "sample",
    "source_key": None,
    "licence": "cc0-1.0",
    "attributes": {},
    "origin": "sampled",
    "models": ("model-a",),
    "scores": {},
    "score": None,
    "rubric_id": None,
    "level": None,
    "n_raters": 0,
    "full_marks": False,
    "place": None,
    "n_chosen": 0,
    "n_rejected": 0,
}


def answer(
    response: str,
    messages: Sequence[Message] = (),
    media: Sequence[Medium] = (),
    **values: Any,
) -> AnswerRow:
    """An answer with its ids; without messages to a question behind its media."""
    asked = tuple(messages) or (user(*range(len(media)), "How many cups?"),)
    prompt_id = prompt_id_of(asked, media)
    row = {
        "prompt_id": prompt_id,
        "candidate_id": candidate_id_of(prompt_id, response),
        "response": response,
        "messages": asked,
        "media": tuple(media),
    }
    return AnswerRow.model_validate({**DEFAULTS, **row, **values})


def answers_build(folder: Path, rows: Sequence[AnswerRow], **values: Any) -> ExportInput:
    """A build without pairs whose answers are these."""
    path = folder / "answers.parquet"
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(to_table(rows, AnswerRow), path)
    return build(folder, (), answers=path, **values)
