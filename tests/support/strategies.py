"""Hypothesis strategies for every record, made from the models' own fields."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from schemas.candidate import Part
from schemas.event import Answer, Event

Model = TypeVar("Model", bound=BaseModel)

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
HEX32 = st.from_regex(re.compile(r"[0-9a-f]{32}", re.ASCII), fullmatch=True)
FINITE = st.floats(allow_nan=False, allow_infinity=False, width=64)
MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - `timezones` says the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
SCALARS: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(0, 2**31 - 1),
    float: FINITE,
    bool: st.booleans(),
    Decimal: st.decimals(-999, 999, places=6, allow_nan=False, allow_infinity=False),
    AwareDatetime: MOMENTS,
    NoneType: st.none(),
    Any: st.none() | st.booleans() | st.integers() | TEXT,
}


def records(model: type[Model]) -> st.SearchStrategy[Model]:
    """Any valid record of a model."""
    special = SPECIAL.get(model)
    return special() if special else _plain(model)


def values(annotation: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type, as the models spell types."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _constrained(args[0], args[1:])
    if origin in (Union, UnionType):
        return st.one_of([values(arg) for arg in args])
    if origin is Literal:
        return st.sampled_from(args)
    if origin is tuple and args[-1] is not Ellipsis:
        return st.tuples(*(values(arg) for arg in args))
    if origin is tuple:
        return st.lists(values(args[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(TEXT, values(args[1]), max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return records(annotation)
    return SCALARS[annotation]


def _plain(model: type[Model]) -> st.SearchStrategy[Model]:
    fields = {name: _field(info) for name, info in model.model_fields.items()}
    return st.fixed_dictionaries(fields).map(model.model_validate)


def _field(info: FieldInfo) -> st.SearchStrategy[Any]:
    return _constrained(info.annotation, tuple(info.metadata))


def _constrained(annotation: Any, metadata: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    flat = [
        rule
        for item in metadata
        for rule in (item.metadata if isinstance(item, FieldInfo) else [item])
    ]
    for rule in flat:
        if getattr(rule, "pattern", None):
            return st.from_regex(re.compile(rule.pattern, re.ASCII), fullmatch=True)
    if annotation is Decimal and any(getattr(rule, "ge", None) == 0 for rule in flat):
        return SCALARS[Decimal].map(abs)
    least = max((getattr(rule, "min_length", 0) or 0 for rule in flat), default=0)
    return values(annotation).filter(lambda value: not least or len(value) >= least)


def _parts() -> st.SearchStrategy[Part]:
    text = TEXT.map(lambda text: Part(type="text", text=text))
    medium = st.integers(0, 5).map(lambda index: Part(type="media", media_index=index))
    return text | medium


def _events() -> st.SearchStrategy[Event]:
    fields = {name: _field(info) for name, info in Event.model_fields.items()}
    fields["rubric_id"] = TEXT
    fields["answers"] = st.lists(
        records(Answer), max_size=3, unique_by=lambda answer: answer.candidate_id
    ).map(tuple)
    fields["tiers"] = st.none() | _tiers()
    made = st.fixed_dictionaries(fields).map(_vote_or_expansion).map(_vote_or_review)
    return made.map(Event.model_validate)


def _vote_or_expansion(fields: dict[str, Any]) -> dict[str, Any]:
    """What votes words nobody's reason anew, and only judges do."""
    votes = any(fields[name] for name in ("tiers", "verdict", "final", "reviews", "rationale"))
    scored = any(answer.scores for answer in fields["answers"])
    judged = fields["rater"].kind == "judge"
    return fields if judged and not (votes or scored) else {**fields, "expands": None}


def _vote_or_review(fields: dict[str, Any]) -> dict[str, Any]:
    """What votes reviews nothing."""
    votes = any(fields[name] for name in ("answers", "tiers", "verdict", "final"))
    return {**fields, "reviews": None} if votes else fields


@st.composite
def _tiers(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    """Distinct ids cut into tiers."""
    ids = draw(st.lists(HEX32, unique=True, max_size=5))
    tiers: list[list[str]] = []
    for candidate in ids:
        joins = draw(st.booleans())
        if tiers and joins:
            tiers[-1].append(candidate)
        else:
            tiers.append([candidate])
    return tuple(tuple(tier) for tier in tiers)


SPECIAL: Mapping[type[BaseModel], Callable[[], st.SearchStrategy[Any]]] = {
    Part: _parts,
    Event: _events,
}
