"""The shape of a judge's reply: one object, in which every answer is a member under its label.

Labels are required names, never values of a list: so no reply can leave an answer out, name it
twice or mix up two of them. The reason stands before its score, so that it is written first.
"""

from collections.abc import Sequence
from typing import Any

from annotate.prompting.json_object import exact_object
from schemas.errors import ConfigError
from schemas.rubric import Metric, Rubric

RANK = "rank"


def reason_key(metric: str) -> str:
    """The member that holds the reason of a metric's score."""
    return f"{metric}_reason"


def answer_schema(rubric: Rubric, labels: Sequence[str], *, ranking: bool) -> dict[str, Any]:
    """The JSON Schema of a reply, in the keywords that Gemini takes.

    With `ranking`, every answer has a `rank` too: 1 is best, and equal ranks are a tie.
    Raises ConfigError for a rubric whose metric's name is one of the members we add.
    """
    check_names(rubric, ranking=ranking)
    members: dict[str, Any] = {}
    for metric in rubric.metric:
        members[reason_key(metric.name)] = {"type": "string"}
        members[metric.name] = _whole_number(metric.min, metric.max)
    if ranking:
        members[RANK] = _whole_number(1, len(labels))
    return exact_object({label: exact_object(members) for label in labels})


def members_in_words(rubric: Rubric, labels: Sequence[str], *, ranking: bool) -> str:
    """The members of one answer in their order, for servers that take no schema."""
    words = [_metric_in_words(metric) for metric in rubric.metric]
    if ranking:
        words.append(f'"{RANK}" (1 to {len(labels)})')
    return ", ".join(words)


def check_names(rubric: Rubric, *, ranking: bool) -> None:
    """Nothing, or a ConfigError where a metric's name is one of the members we add."""
    added = {reason_key(metric.name): f"the reason of {metric.name!r}" for metric in rubric.metric}
    if ranking:
        added[RANK] = "the answer's rank"
    for metric in rubric.metric:
        if metric.name in added:
            raise ConfigError(
                f"[rubric] metric {metric.name!r}: the judge's reply holds {added[metric.name]} so",
                "rename the metric",
            )


def _metric_in_words(metric: Metric) -> str:
    return f'"{reason_key(metric.name)}" (text), "{metric.name}" ({metric.min} to {metric.max})'


def _whole_number(low: int, high: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": low, "maximum": high}
