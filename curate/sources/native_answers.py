"""Answers of the native layout, and rankings put onto them.

One text that several models gave is one item with `generations`; it becomes one answer each, and
the item's ratings stay with the first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from curate.sources.native_votes import rating_of
from curate.sources.record import SourceRanking, SourceResponse
from curate.sources.shaping import (
    BadRowError,
    as_list,
    as_name,
    as_object,
    attributes_of,
    known_keys,
    one_of,
)

RESPONSE_KEYS = (
    "text",
    "model",
    "sampling",
    "generations",
    "origin",
    "key",
    "attributes",
    "ratings",
)
GENERATION_KEYS = ("model", "sampling")
ORIGINS: Sequence[Literal["sampled", "written"]] = ("sampled", "written")


def answers_of(value: Any) -> list[list[SourceResponse]]:
    """The answers of each item of `responses`: one, or one a generation."""
    items = enumerate(as_list(value, "responses"))
    return [list(_answers(item, f"responses[{n}]")) for n, item in items]


def onto_answers(
    ranking: SourceRanking, answers: Sequence[Sequence[SourceResponse]], place: str
) -> SourceRanking:
    """The ranking with indexes of items turned into those of the items' first answers."""
    firsts, count = [], 0
    for item in answers:
        firsts.append(count)
        count += len(item)
    for tier in ranking.tiers:
        for index in tier:
            if index >= len(firsts):
                raise BadRowError(
                    f"{place} names response {index}, but the row has {len(firsts)} from 0"
                )
    return replace(ranking, tiers=[[firsts[index] for index in tier] for tier in ranking.tiers])


def _answers(item: Any, place: str) -> Iterator[SourceResponse]:
    values = as_object(item, place)
    known_keys(values, RESPONSE_KEYS, place)
    made = _generations(values, place)
    ratings = as_list(values.get("ratings"), f"{place}.ratings")
    origin = values.get("origin")
    attributes = as_object(values.get("attributes"), f"{place}.attributes")
    first = SourceResponse(
        text=values.get("text"),
        model=made[0][0],
        sampling=made[0][1],
        origin="sampled" if origin is None else one_of(origin, ORIGINS, f"{place}.origin"),
        key=as_name(values.get("key"), f"{place}.key"),
        attributes=attributes_of(attributes, f"{place}.attributes"),
        ratings=[rating_of(one, f"{place}.ratings[{n}]") for n, one in enumerate(ratings)],
    )
    yield first
    for model, sampling in made[1:]:
        yield replace(first, model=model, sampling=sampling, ratings=())


def _generations(
    values: Mapping[str, Any], place: str
) -> list[tuple[str | None, Mapping[str, Any] | None]]:
    listed = as_list(values.get("generations"), f"{place}.generations")
    if not listed:
        return [_generation(values, place)]
    if values.get("model") is not None or values.get("sampling") is not None:
        raise BadRowError(f"{place} has generations beside a model or sampling of its own")
    made = []
    for number, one in enumerate(listed):
        where = f"{place}.generations[{number}]"
        known_keys(as_object(one, where), GENERATION_KEYS, where)
        made.append(_generation(as_object(one, where), where))
    return made


def _generation(
    values: Mapping[str, Any], place: str
) -> tuple[str | None, Mapping[str, Any] | None]:
    model = as_name(values.get("model"), f"{place}.model")
    settings = values.get("sampling")
    return model, None if settings is None else as_object(settings, f"{place}.sampling")
