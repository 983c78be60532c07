"""Ratings by aspect as UltraFeedback and VLFeedback nest them: {aspect: {Rating, Rationale}}.

A Rating is a text of a number; "N/A" says that the aspect does not apply, which is no failure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curate.sources.scores import present, read_scores
from curate.sources.shaping import BadRowError, as_list, as_object, as_text, shown
from schemas.errors import did_you_mean

NOT_APPLICABLE = ("n/a", "na", "")
REASONS = ("Rationale", "Rationale For Rating")
PLACE = "completions"


@dataclass(frozen=True, slots=True)
class Aspects:
    """What a judge said of one answer: scores and reasons by metric, and what was no number."""

    scores: Mapping[str, float]
    rationales: Mapping[str, str]
    faults: Sequence[str]


def aspects_of(value: Any, metrics: Mapping[str, str], place: str) -> Aspects:
    """The ratings of one answer; `metrics` maps the source's names onto ours."""
    given: dict[str, Any] = {}
    rationales: dict[str, str] = {}
    for name, rating in present(as_object(value, place)).items():
        if name not in metrics:
            raise BadRowError(f"{place} has aspect {shown(name)}; {did_you_mean(name, metrics)}")
        entry = as_object(rating, f"{place}.{name}")
        if not _is_not_applicable(entry.get("Rating")):
            given[metrics[name]] = entry["Rating"]
        if reason := _reason(entry, f"{place}.{name}"):
            rationales[metrics[name]] = reason
    scores, faults = read_scores(given)
    return Aspects(scores, rationales, faults)


def completions_of(value: Any) -> list[Mapping[str, Any]]:
    """The completions as objects; `datasets` stores a list of structs as a struct of lists."""
    if not isinstance(value, Mapping):
        return [as_object(one, f"completions[{n}]") for n, one in enumerate(as_list(value, PLACE))]
    columns = {name: as_list(items, f"{PLACE}.{name}") for name, items in value.items()}
    lengths = {len(items) for items in columns.values()}
    if len(lengths) > 1:
        raise BadRowError(f"{PLACE} has columns of {sorted(lengths)} entries")
    count = max(lengths, default=0)
    return [{name: items[n] for name, items in columns.items()} for n in range(count)]


def _is_not_applicable(rating: Any) -> bool:
    return rating is None or (isinstance(rating, str) and rating.strip().lower() in NOT_APPLICABLE)


def _reason(entry: Mapping[str, Any], place: str) -> str:
    reasons = [as_text(entry.get(key), f"{place}.{key}") for key in REASONS]
    return "\n\n".join(dict.fromkeys(reason for reason in reasons if reason))
