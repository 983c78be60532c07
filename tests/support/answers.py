"""Answers, references and votes as exports read them, made up for tests."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from export.base import ExportInput, Metric
from schemas.arrow import to_table
from schemas.base import content_id
from schemas.candidate import Medium, Message, candidate_id_of, prompt_id_of
from schemas.exported import AnswerRow, ReferenceRow, VoteRow
from schemas.pair import Tie
from schemas.rubric import rubric_id_of
from tests.support.pairs import build, pair, user

NAMES = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
FIVE = tuple(Metric(name, 0.0, 4.0, float(place < 3)) for place, name in enumerate(NAMES))
OWN = rubric_id_of(dict.fromkeys(NAMES, (0, 4)))

UNSEEN = Medium(kind="image", path="unseen.png")
"""What a prompt shows whose media a test says nothing of."""

ASKED: dict[str, Any] = {
    "split": "train",
    "source": "sample",
    "source_key": None,
    "licence": "cc0-1.0",
    "attributes": {},
}


def answer(
    response: str = "Three cups.",
    messages: Sequence[Message] = (),
    media: Sequence[Medium] = (),
    points: Sequence[float | str] | None = (4, 4, 3, 2, 1),
    **values: Any,
) -> AnswerRow:
    """An answer with these points on the five metrics; without points nobody scored it."""
    asked = _asked(messages, media)
    scores = dict(zip(NAMES, map(str, points), strict=True)) if points else {}
    row: dict[str, Any] = {
        **asked,
        "candidate_id": candidate_id_of(asked["prompt_id"], response),
        "response": response,
        "origin": "sampled",
        "models": ("model-a",),
        "scores": scores,
        "score": sum(map(Decimal, list(scores.values())[:3])) if points else None,
        "rubric_id": OWN if points else None,
        "level": "human" if points else None,
        "n_raters": 2 if points else 0,
        "full_marks": False,
        "place": 1,
        "n_chosen": 0,
        "n_rejected": 0,
        "n_judged": 0,
    }
    return AnswerRow.model_validate({**row, **values})


def reference(
    text: str, messages: Sequence[Message] = (), media: Sequence[Medium] = (), **values: Any
) -> ReferenceRow:
    """A prompt with its source's own answer."""
    return ReferenceRow.model_validate({**_asked(messages, media), "reference": text, **values})


def vote(
    rater: str = "human:h-0123456789ab",
    response: str = "Three cups.",
    messages: Sequence[Message] = (),
    scores: Mapping[str, float | str] | None = None,
    **values: Any,
) -> VoteRow:
    """What a rater says of one answer."""
    asked = _asked(messages, ())
    kind, _, name = rater.partition(":")
    row: dict[str, Any] = {
        "prompt_id": asked["prompt_id"],
        "split": "train",
        "messages": asked["messages"],
        "candidate_id": candidate_id_of(asked["prompt_id"], response),
        "response": response,
        "models": ("model-a",),
        "event_id": content_id([rater, response]),
        "rater_kind": kind,
        "rater": name,
        "rater_version": None,
        "rubric_id": OWN if scores else None,
        "rubric_hash": None,
        "sample": 0,
        "order_no": 0,
        "position": None,
        "scores": {metric: str(value) for metric, value in (scores or {}).items()},
        "rationales": {},
        "tier": None,
        "verdict": None,
        "confirmed": True,
        "final": False,
        "rationale": None,
        "mean_scores": {},
    }
    return VoteRow.model_validate({**row, **values})


def tie(**values: Any) -> Tie:
    """Two answers held equal, with what `pair` has."""
    row = pair(**values).model_dump()
    return Tie.model_validate({name: row[name] for name in Tie.model_fields})


def given(
    folder: Path,
    rows: Sequence[AnswerRow | ReferenceRow | VoteRow],
    row_group_size: int = 1000,
    **values: Any,
) -> ExportInput:
    """A build's rows of one table in `folder`, whose store is `folder`/media."""
    model = type(rows[0])
    name = {AnswerRow: "answers", ReferenceRow: "references", VoteRow: "votes"}[model]
    path = folder / f"{name}.parquet"
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(to_table(rows, model), path, row_group_size=row_group_size)
    return build(folder, (), **{"rubric": FIVE, name: path, **values})


def _asked(messages: Sequence[Message], media: Sequence[Medium]) -> dict[str, Any]:
    asked = tuple(messages) or (user(*range(len(media)), "How many cups?"),)
    shown = media or [UNSEEN] * 2
    prompt_id = prompt_id_of(asked, shown)
    ids = {"prompt_id": prompt_id, "component": prompt_id}
    return {**ASKED, **ids, "messages": asked, "media": tuple(media)}
