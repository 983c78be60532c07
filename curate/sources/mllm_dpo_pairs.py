"""mllm-dpo's DPO file: one comparison a row, with the judge's scores of both sides.

The columns' names are historic: `_gpt4v` is the chosen answer, `_candidate` the rejected one, and
the judge is Gemini.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from curate.sources.completions import answer_text
from curate.sources.five_metrics import FIVE, five_scores, with_sum
from curate.sources.media import media_of
from curate.sources.mllm_dpo_table import ALL_SCALES, JUDGE
from curate.sources.pairs import pair_of, pair_record
from curate.sources.record import Row, SourceFailure, SourceRating, SourceRecord
from curate.sources.scores import unparsable
from curate.sources.turns import ends_with_user, message_turns

Values = Mapping[str, Any]


def record_of(row: Row) -> SourceRecord:
    """The row as one record; the judge's scores and the order made of them are one judgement."""
    values = row.values
    media = media_of(values.get("image"), place="image")
    turns = ends_with_user(message_turns([values.get("question")], media, "question"), "question")
    chosen_rating, chosen_failures = _rating(values, "gpt4v", "chosen")
    rejected_rating, rejected_failures = _rating(values, "candidate", "rejected")
    answers = pair_of(
        answer_text(values.get("chosen"), "chosen"),
        answer_text(values.get("rejected"), "rejected"),
        chosen_ratings=chosen_rating,
        rejected_ratings=rejected_rating,
    )
    record = pair_record(row, turns, answers, rater=JUDGE, kind="judge")
    failures = [*chosen_failures, *rejected_failures]
    return replace(record, scales=ALL_SCALES, failures=failures)


def _rating(
    values: Values, suffix: str, side: str
) -> tuple[list[SourceRating], list[SourceFailure]]:
    """The side's scores; a row without any of their columns has simply none."""
    columns = {metric: f"{metric.capitalize()}_{suffix}" for metric in FIVE}
    if not any(column in values for column in columns.values()):
        return [], []
    scores, faults = five_scores({metric: values.get(name) for metric, name in columns.items()})
    ratings = [SourceRating(JUDGE, "judge", scores=with_sum(scores))] if scores else []
    return ratings, unparsable(faults, side, JUDGE, "judge")
