"""Answers of a generic row: one column, one list, or several columns, each with its model."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from curate.sources.columns import MISSING, columns_of, lookup, models_of
from curate.sources.record import SourceResponse
from curate.sources.shaping import BadRowError, as_name, shown, wrong_type
from schemas.counted import counted

TEXT_KEYS = ("text", "response", "content", "answer", "output", "completion")


def answers_of(values: Mapping[str, Any], field_map: Mapping[str, str]) -> list[SourceResponse]:
    """The row's answers; none where no column for them is mapped or the row lacks it."""
    models = _models(values, field_map)
    if "response" in field_map:
        text = lookup(values, field_map["response"])
        answers = [] if text is MISSING else [SourceResponse(text)]
    elif "responses" in field_map:
        columns = columns_of(field_map["responses"])
        named = [None] * len(columns) if "model" in field_map else models_of(columns)
        answers = list(_listed_answers(values, columns, named))
    else:
        answers = []
    return _with_models(answers, models)


def listed(value: Any, place: str) -> Sequence[Any] | None:
    """The value as a list, also where a table without lists holds it as JSON text."""
    if isinstance(value, str):
        try:
            value = json.loads(value) if value.strip() else None
        except (ValueError, RecursionError) as error:
            raise wrong_type(value, place, "a list or the JSON of one") from error
    if value is None or isinstance(value, (list, tuple)):
        return value
    raise wrong_type(value, place, "a list")


def _listed_answers(
    values: Mapping[str, Any], columns: Sequence[str], models: Sequence[str | None]
) -> Iterator[SourceResponse]:
    if len(columns) > 1:
        for column, model in zip(columns, models, strict=True):
            text = lookup(values, column)
            if text is not MISSING:
                yield SourceResponse(text, model)
        return
    value = lookup(values, columns[0])
    if value is MISSING:
        return
    items = listed(value, f"responses ({columns[0]})")
    if items is None:
        yield SourceResponse(None)
    for number, item in enumerate(items or ()):
        yield _answer(item, f"{columns[0]}[{number}]")


def _answer(item: Any, place: str) -> SourceResponse:
    if not isinstance(item, Mapping):
        return SourceResponse(item)
    key = next((key for key in TEXT_KEYS if key in item), None)
    if key is None:
        raise BadRowError(
            f"{place} has no text among its keys {shown(', '.join(map(str, item)))}; "
            f"one of {', '.join(TEXT_KEYS)} is looked for"
        )
    return SourceResponse(item[key], as_name(item.get("model"), f"{place}.model"))


def _models(values: Mapping[str, Any], field_map: Mapping[str, str]) -> Any:
    found = lookup(values, field_map["model"]) if "model" in field_map else None
    return None if found is MISSING else found


def _with_models(answers: list[SourceResponse], models: Any) -> list[SourceResponse]:
    """The answers with the row's model: one for all, or a list of one each."""
    if models is None or not answers:
        return answers
    if not isinstance(models, (list, tuple)):
        models = [models] * len(answers)
    if len(models) != len(answers):
        raise BadRowError(f"{counted(len(models), 'model')} for {counted(len(answers), 'answer')}")
    return [
        SourceResponse(answer.text, answer.model or as_name(model, "model"))
        for answer, model in zip(answers, models, strict=True)
    ]
