"""MM-RLHF's data.jsonl: every answer to a prompt with people's scores, order and reasons.

`models_output`, the three scores and `score_reasons` are objects by model or lists in one order.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from curate.sources.mm_rlhf_asked import RATER, attributes_of_row, medium_of_row
from curate.sources.record import (
    Row,
    SourceFailure,
    SourceRanking,
    SourceRating,
    SourceRecord,
    SourceResponse,
)
from curate.sources.scores import present, read_scores, unparsable
from curate.sources.shaping import BadRowError, as_name, as_object, as_text, shown, wrong_type
from curate.sources.tiers import tiers_of_ranks
from curate.sources.turns import prompt_turns
from schemas.rubric import OVERALL

METRICS: Mapping[str, str] = {
    "faithfulness": "faithfulness",
    "helpfulness": "helpfulness",
    "ethical": "ethics",
}
SCALES = dict.fromkeys(METRICS.values(), (1.0, 5.0))
Models = Sequence[str] | None


def record_of(row: Row, root: Path) -> SourceRecord:
    """The row as one record: answers with scores and reasons, and the order where there is one."""
    values = row.values
    models, texts = _outputs(values["models_output"])
    votes = {
        name: _aligned(values, name, models, len(texts)) for name in (*METRICS, "score_reasons")
    }
    media = medium_of_row(values, root)
    answers = [_answer(text, number, models, votes) for number, text in enumerate(texts)]
    rankings, failures = _order(values, len(texts))
    return SourceRecord(
        line=row.line,
        turns=prompt_turns(as_text(values.get("question"), "question"), media),
        responses=[answer for answer, _ in answers],
        rankings=rankings,
        failures=[*(failure for _, faults in answers for failure in faults), *failures],
        reference=as_text(values.get("answer"), "answer") or None,
        key=as_name(values.get("id"), "id"),
        attributes=attributes_of_row(values, media),
        scales=SCALES,
        file=row.file,
    )


def _outputs(value: Any) -> tuple[Models, Sequence[Any]]:
    """Models and answers; a null beside a model's name is a model that was not asked."""
    if isinstance(value, (list, tuple)):
        return None, value
    by_model = present(as_object(value, "models_output"))
    return list(by_model), list(by_model.values())


def _aligned(values: Mapping[str, Any], column: str, models: Models, count: int) -> Sequence[Any]:
    """The column's values in the answers' order, null where one has none."""
    value = values.get(column)
    if value is None:
        return [None] * count
    if isinstance(value, (list, tuple)):
        if len(value) != count:
            raise BadRowError(f"{column} has {len(value)} entries for {count} answers")
        return value
    by_model = present(as_object(value, column))
    if models is None:
        raise wrong_type(value, column, "a list, as models_output is")
    for model in by_model:
        if model not in models:
            raise BadRowError(f"{column} names {shown(model)}, which gave no answer")
    return [by_model.get(model) for model in models]


def _answer(
    text: Any, number: int, models: Models, votes: Mapping[str, Sequence[Any]]
) -> tuple[SourceResponse, Iterable[SourceFailure]]:
    given = {metric: votes[column][number] for column, metric in METRICS.items()}
    scores, faults = read_scores(present(given))
    reason = as_text(votes["score_reasons"][number], "score_reasons")
    rationales = {OVERALL: reason} if reason else {}
    rating = SourceRating(rater=RATER, kind="human", scores=scores, rationales=rationales)
    ratings = [rating] if scores or rationales else []
    model = models[number] if models else None
    failures = unparsable(faults, f"answer {number + 1}", RATER, "human")
    return SourceResponse(text, model=model, ratings=ratings), failures


def _order(
    values: Mapping[str, Any], count: int
) -> tuple[list[SourceRanking], list[SourceFailure]]:
    ranks = as_text(values.get("final_ranking"), "final_ranking")
    if not ranks or not ranks.strip():
        return [], []
    tiers = tiers_of_ranks(ranks, count)
    if tiers is None:
        detail = f"final_ranking {shown(ranks)} is no order of {count} answers"
        return [], [SourceFailure("unparsable", rater=RATER, kind="human", detail=detail)]
    reason = as_text(values.get("ranking_reason"), "ranking_reason") or None
    return [
        SourceRanking(
            tiers,
            rater=RATER,
            kind="human",
            verdict="tie" if len(tiers) == 1 and len(tiers[0]) > 1 else "ranked",
            rationale=reason,
        )
    ], []
