"""mllm-dpo's annotated table: one row a candidate, with five scores and the judge's comment."""

from collections.abc import Mapping, Sequence
from typing import Any

from curate.sources.five_metrics import FIVE, SCALES, SUMMED, five_scores, with_sum
from curate.sources.gathering import media_key
from curate.sources.media import media_of
from curate.sources.record import Row, SourceFailure, SourceRating, SourceRecord, SourceResponse
from curate.sources.scores import unparsable
from curate.sources.shaping import as_name, as_text, attributes_of, wrong_type
from curate.sources.turns import prompt_turns
from schemas.rubric import OVERALL

JUDGE = "gemini"
ALL_SCALES = {**SCALES, OVERALL: (0.0, 4.0 * len(SUMMED))}
COLUMNS: Mapping[str, str] = {metric: metric.capitalize() for metric in FIVE}


def key_of(row: Row) -> Sequence[Any]:
    """Image and question. Raises BadRowError for a row that is no candidate's."""
    values = row.values
    if not isinstance(values.get("prompt"), str):
        raise wrong_type(values.get("prompt"), "prompt", "text")
    _answer(row)
    attributes_of({"dataset": values.get("DatasetName")})
    as_name(values.get("Key"), "Key")
    return (values["prompt"], media_key(media_of(values.get("image"), place="image")))


def record_of(rows: Sequence[Row]) -> SourceRecord:
    """The candidates of one prompt as one record; the last row is the one that has the image."""
    values = rows[-1].values
    answers = [_answer(row) for row in rows]
    return SourceRecord(
        line=rows[0].line,
        turns=prompt_turns(values["prompt"], media_of(values.get("image"), place="image")),
        responses=[answer for answer, _ in answers],
        failures=[failure for _, failures in answers for failure in failures],
        key=as_name(rows[0].values.get("Key"), "Key"),
        attributes=attributes_of({"dataset": rows[0].values.get("DatasetName")}),
        scales=ALL_SCALES,
        file=rows[0].file,
    )


def _answer(row: Row) -> tuple[SourceResponse, list[SourceFailure]]:
    values = row.values
    scores, faults = five_scores({metric: values.get(name) for metric, name in COLUMNS.items()})
    comment = as_text(values.get("CommentSection"), "CommentSection")
    rationales = {OVERALL: comment} if comment else {}
    rating = SourceRating(JUDGE, "judge", scores=with_sum(scores), rationales=rationales)
    response = SourceResponse(
        as_text(values.get("cur_candidate_answer"), "cur_candidate_answer"),
        model=as_name(values.get("model_id"), "model_id"),
        key=as_name(values.get("answer_id"), "answer_id"),
        ratings=[rating] if scores or rationales else [],
    )
    return response, unparsable(faults, f"candidate in line {row.line}", JUDGE, "judge")
