"""A judge's reply as scores: strictly on the rubric's scale, or refused with the reason.

Nothing is filled in, rounded or clipped: a reply that lacks a score gives none at all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from annotate.prompting.answer_shape import RANK, reason_key
from annotate.prompting.quoting import valid_text
from annotate.prompting.reply_json import only_object, shown
from annotate.prompting.unparsable import Unparsable
from schemas.rubric import Rubric

LONGEST_REASON = 4000
NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """What a reply says of one answer: by metric, its score and the reason where one was given.

    `rank` counts from 1 for the best, equals share one; None where no ranking was asked for.
    """

    label: str
    scores: Mapping[str, int]
    reasons: Mapping[str, str]
    rank: int | None = None


def parse(
    text: str, *, rubric: Rubric, labels: Sequence[str], ranking: bool
) -> tuple[ParsedAnswer, ...]:
    """The answers of a reply in the order of `labels`. Raises Unparsable, and nothing else.

    Every label and every metric must be there. A score is a whole number on its scale; 3.0 and "3"
    are taken for 3. A reason may be missing, since no pair depends on it. Other members are passed
    over.
    """
    reply = only_object(text)
    return tuple(
        _answer(reply, label, rubric, len(labels) if ranking else None) for label in labels
    )


def tiers(answers: Sequence[ParsedAnswer]) -> tuple[tuple[str, ...], ...]:
    """Labels best first, equal ranks together; ranks may leave numbers out. Empty without ranks."""
    ranks = sorted({answer.rank for answer in answers if answer.rank is not None})
    return tuple(tuple(answer.label for answer in answers if answer.rank == rank) for rank in ranks)


def _answer(reply: Mapping[str, Any], label: str, rubric: Rubric, last: int | None) -> ParsedAnswer:
    if label not in reply:
        raise Unparsable(f"answer {label} is missing")
    said = reply[label]
    if not isinstance(said, dict):
        raise Unparsable(f"answer {label} is {shown(said)}, not an object")
    scores = {
        metric.name: _whole(said, label, metric.name, metric.min, metric.max)
        for metric in rubric.metric
    }
    rank = None if last is None else _whole(said, label, RANK, 1, last)
    return ParsedAnswer(label, scores, _reasons(said, scores), rank)


def _whole(said: Mapping[str, Any], label: str, name: str, low: int, high: int) -> int:
    if name not in said:
        raise Unparsable(f"answer {label} has no {name!r}")
    number = _number(said[name])
    # Compared before it is made whole: an int of 1e999999999 would fill the memory.
    if number is None or not low <= number <= high or number != number.to_integral_value():
        raise Unparsable(
            f"answer {label}: {name!r} is {shown(said[name])}, "
            f"not a whole number from {low} to {high}"
        )
    return int(number)


def _number(value: object) -> Decimal | None:
    """A JSON number, or a string that spells a plain one in ASCII digits."""
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return Decimal(value)
    return value if isinstance(value, Decimal) else None


def _reasons(said: Mapping[str, Any], metrics: Mapping[str, int]) -> dict[str, str]:
    given = {metric: said.get(reason_key(metric)) for metric in metrics}
    return {
        metric: valid_text(reason)[:LONGEST_REASON]
        for metric, reason in given.items()
        if isinstance(reason, str)
    }
