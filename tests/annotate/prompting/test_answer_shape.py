"""The schema of a reply: labels and metrics by name, reasons first, keywords that Gemini takes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.prompting.answer_shape import answer_schema, members_in_words
from annotate.prompting.labels import labels
from schemas.errors import ConfigError
from schemas.rubric import Metric, Rubric
from tests.support.judging import one_metric, preset, rubrics

# facts of google-genai 3.4.0: what `response_json_schema` passes on.
TAKEN = {
    "$id", "$defs", "$ref", "anchor", "type", "format", "title", "description", "enum", "items",
    "prefixItems", "minItems", "maxItems", "minimum", "maximum", "anyOf", "oneOf", "properties",
    "additionalProperties", "required", "propertyOrdering",
}  # fmt: skip


def _keywords(schema: dict[str, Any]) -> Iterator[str]:
    for keyword, value in schema.items():
        yield keyword
        if keyword == "properties":
            for inner in value.values():
                yield from _keywords(inner)


def test_an_answer_is_a_reason_then_a_score_for_every_metric() -> None:
    schema = answer_schema(one_metric(1, 5), ("A", "B"), ranking=True)
    answer = {
        "type": "object",
        "properties": {
            "helpfulness_reason": {"type": "string"},
            "helpfulness": {"type": "integer", "minimum": 1, "maximum": 5},
            "rank": {"type": "integer", "minimum": 1, "maximum": 2},
        },
        "required": ["helpfulness_reason", "helpfulness", "rank"],
        "propertyOrdering": ["helpfulness_reason", "helpfulness", "rank"],
        "additionalProperties": False,
    }
    assert schema == {
        "type": "object",
        "properties": {"A": answer, "B": answer},
        "required": ["A", "B"],
        "propertyOrdering": ["A", "B"],
        "additionalProperties": False,
    }


@given(rubric=rubrics(), count=st.integers(1, 30), ranking=st.booleans())
def test_only_keywords_that_gemini_takes_are_used(
    rubric: Rubric, count: int, *, ranking: bool
) -> None:
    schema = answer_schema(rubric, labels(count), ranking=ranking)
    assert set(_keywords(schema)) <= TAKEN
    assert json.loads(json.dumps(schema)) == schema


@given(rubric=rubrics(), ranking=st.booleans())
def test_every_reason_stands_right_before_its_score(rubric: Rubric, *, ranking: bool) -> None:
    answer = answer_schema(rubric, ("A",), ranking=ranking)["properties"]["A"]
    expected = [name for m in rubric.metric for name in (f"{m.name}_reason", m.name)]
    expected += ["rank"] * ranking
    assert list(answer["properties"]) == answer["required"] == answer["propertyOrdering"]
    assert answer["required"] == expected


def test_the_members_are_told_in_words_too() -> None:
    words = members_in_words(preset("mm-rlhf"), ("A", "B", "C"), ranking=True)
    assert words.startswith('"helpfulness_reason" (text), "helpfulness" (1 to 5), ')
    assert words.endswith('"rank" (1 to 3)')


def _named(*names: str) -> Rubric:
    return Rubric(name="own", metric=tuple(Metric(name=name, question="?") for name in names))


def test_a_metric_that_is_named_like_another_ones_reason_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"metric 'tone_reason'.*the reason of 'tone'.*rename"):
        answer_schema(_named("tone", "tone_reason"), ("A",), ranking=False)


def test_a_metric_named_rank_is_refused_only_where_there_is_a_ranking() -> None:
    with pytest.raises(ConfigError, match="'rank'"):
        answer_schema(_named("rank"), ("A",), ranking=True)
    assert answer_schema(_named("rank"), ("A",), ranking=False)
