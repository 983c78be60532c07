"""One rater's words on an answer, chosen among what all raters of a pair said of it.

People's reasons that a judge expanded come before people's own, those before judges', and judges'
before sources'; among those, who said most, then the smaller id. Words of several raters are never
mixed: a critique is what one reader saw.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

Source = Literal["expanded", "human", "judge", "source"]
SOURCES: Sequence[Source] = get_args(Source)
"""Whose words are taken, first to last; a reward model has none."""

Reasons = dict[str | None, str]
"""A rater's words by metric, None for the answer as a whole."""


@dataclass(frozen=True, slots=True)
class Critique:
    """What one rater said of an answer, and whose words those are."""

    text: str
    source: Source


def critique(rationales: Iterable[Mapping[str, Any]], candidate_id: str) -> Critique | None:
    """The words for this answer, None where no rater has any.

    `rationales` are those of a pair, as rows of schemas.pair.Rationale. The reason for the answer
    as a whole stands first, then a line `metric: text` for each metric by name. Where a rater spoke
    twice of the same thing, the longer text stands.
    """
    said = _by_rater(rationales, candidate_id)
    if not said:
        return None
    texts = {rater: _lines(reasons) for rater, reasons in said.items()}
    source, rater = min(texts, key=lambda one: (SOURCES.index(one[0]), -len(texts[one]), one[1]))
    return Critique(texts[source, rater], source)


def _by_rater(
    rationales: Iterable[Mapping[str, Any]], candidate_id: str
) -> dict[tuple[Source, str], Reasons]:
    said: dict[tuple[Source, str], Reasons] = {}
    for one in rationales:
        text = one["text"].strip()
        if one["candidate_id"] != candidate_id or one["kind"] not in SOURCES or not text:
            continue
        reasons = said.setdefault((one["kind"], one["rater"]), {})
        reasons[one["metric"]] = max(reasons.get(one["metric"], ""), text, key=_size)
    return said


def _lines(reasons: Reasons) -> str:
    overall = [reasons[None]] if None in reasons else []
    named = sorted((metric, text) for metric, text in reasons.items() if metric is not None)
    return "\n".join([*overall, *(f"{metric}: {text}" for metric, text in named)])


def _size(text: str) -> tuple[int, str]:
    return len(text), text
