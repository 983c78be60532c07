"""Results of other people's evaluations: what is no number or no answer is left out and counted."""

import json
from collections.abc import Callable
from typing import Any

from align.evaluation.lmms_results import as_text, read_results
from align.evaluation.safety_answers import read_answers
from schemas.errors import AlignError
from tests.fuzz.laws import SCRATCH, holds, is_told
from tests.fuzz.values import Reader
from tests.fuzz.words import WORDS


def lmms(data: bytes) -> None:
    """The table of an lmms-eval results file."""
    SCRATCH.file("lmms/x_results.json", _json(Reader(data, WORDS["evaluation"]).value()))
    try:
        report = read_results(SCRATCH.folder / "lmms", "model")
    except AlignError as error:
        is_told(error)
        return
    holds(bool(report.scores))
    as_text(report)


def safety(data: bytes) -> None:
    """Answers with verdicts: every line that is not blank is answers, or counted by a reason."""
    value = Reader(data, WORDS["evaluation"]).value()
    rows = value if isinstance(value, list) else [value]
    path = SCRATCH.file("answers.jsonl", b"".join(_json(row) + b"\n" for row in rows))
    try:
        found = read_answers(path)
    except AlignError as error:
        is_told(error)
        return
    holds(sum(found.left_out.values()) <= len(rows))


def _json(value: Any) -> bytes:
    return json.dumps(value, default=repr).encode()


TARGETS: dict[str, Callable[[bytes], None]] = {"lmms_results": lmms, "safety_answers": safety}
