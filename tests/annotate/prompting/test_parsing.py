"""Replies as scores: what the schema allows is read as it is, and nothing off the scale gets in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.prompting.answer_shape import RANK, answer_schema, reason_key
from annotate.prompting.labels import labels
from annotate.prompting.parsing import LONGEST_REASON, ParsedAnswer, parse, tiers
from annotate.prompting.unparsable import Unparsable
from schemas.rubric import Rubric
from tests.support.judging import REASON, instances, one_metric, preset, reply, rubrics, spelled

SMALL = one_metric()
GOOD = reply({"A": {"helpfulness": 4}, "B": {"helpfulness": 0}})


def _parse(said: Any, rubric: Rubric = SMALL, *, ranking: bool = False) -> Any:
    text = said if isinstance(said, str) else json.dumps(said)
    return parse(text, rubric=rubric, labels=("A", "B"), ranking=ranking)


def _with(**members: Any) -> dict[str, Any]:
    """The good reply with these members of answer B put over its own."""
    return GOOD | {"B": GOOD["B"] | members}


def test_scores_and_reasons_come_by_metric_in_the_order_of_the_labels() -> None:
    backwards = dict(reversed(GOOD.items()))
    assert _parse(backwards) == (
        ParsedAnswer("A", {"helpfulness": 4}, {"helpfulness": REASON}),
        ParsedAnswer("B", {"helpfulness": 0}, {"helpfulness": REASON}),
    )


@given(data=st.data(), rubric=rubrics(), count=st.integers(1, 4), ranking=st.booleans())
def test_what_the_schema_allows_is_read_as_it_is(
    data: st.DataObject, rubric: Rubric, count: int, *, ranking: bool
) -> None:
    named = labels(count)
    said = data.draw(instances(answer_schema(rubric, named, ranking=ranking)))
    text = data.draw(st.composite(lambda draw: spelled(said, draw))())
    assert parse(text, rubric=rubric, labels=named, ranking=ranking) == tuple(
        ParsedAnswer(
            label,
            {metric.name: said[label][metric.name] for metric in rubric.metric},
            {metric.name: said[label][reason_key(metric.name)] for metric in rubric.metric},
            said[label][RANK] if ranking else None,
        )
        for label in named
    )


@pytest.mark.parametrize("score", ["3", "3.0", "3.000", '"3"', '"3.0"', "3e0", "30e-1", "0.3E+1"])
def test_a_whole_number_is_taken_however_it_is_written(score: str) -> None:
    text = json.dumps(_with(helpfulness=77)).replace("77", score)
    assert _parse(text)[1].scores == {"helpfulness": 3}


@pytest.mark.parametrize(
    "score",
    [
        "3.5", '"3.5"', '"three"', '"3/4"', '"3 of 4"', '" 3"', '""', '"+3"', '"1_0"', '"\\u0663"',
        '"\\uff13"', "true", "false", "null", "[3]", '{"value": 3}', "5", "-1", '"5"', "1e1",
        "3.0000000000000000000000000000000000001", "2.9999999999999999999", "1e-400",
        "1e-999999999999999999", "1e999999999", "-1e999999999999999999", '"1e0"', '"NaN"',
        "9" * 5000, '"' + "0" * 5000 + '3"',
    ],
)  # fmt: skip
def test_anything_that_is_no_whole_number_on_the_scale_is_refused(score: str) -> None:
    text = json.dumps(_with(helpfulness=77)).replace("77", score)
    with pytest.raises(
        Unparsable, match=r"^answer B: 'helpfulness' is .*, not a whole number"
    ) as e:
        _parse(text)
    assert e.value.problem.endswith("from 0 to 4")
    assert len(e.value.problem) < 120


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_of_json_is_refused(constant: str) -> None:
    with pytest.raises(Unparsable, match="no number of JSON"):
        _parse(json.dumps(_with(helpfulness=77)).replace("77", constant))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"A": GOOD["A"]}, "answer B is missing"),
        ({}, "answer A is missing"),
        ({"answers": GOOD}, "answer A is missing"),
        ({"a": GOOD["A"], "b": GOOD["B"]}, "answer A is missing"),
        (GOOD | {"B": 4}, "answer B is '4', not an object"),
        (GOOD | {"B": None}, "answer B is None, not an object"),
        (GOOD | {"B": [4]}, r"answer B is \[Decimal\('4'\)\], not an object"),
        (GOOD | {"B": {}}, "answer B has no 'helpfulness'"),
        (GOOD | {"B": {"Helpfulness": 4}}, "answer B has no 'helpfulness'"),
    ],
)
def test_a_missing_answer_or_metric_is_refused(said: Any, problem: str) -> None:
    with pytest.raises(Unparsable, match=f"^{problem}$"):
        _parse(said)


@pytest.mark.parametrize(
    "text",
    [
        '{"A": {"helpfulness": 1}, "B": {"helpfulness": 1}, "A": {"helpfulness": 4}}',
        '{"A": {"helpfulness": 1}, "B": {"helpfulness": 1, "helpfulness": 4}}',
    ],
)
def test_an_answer_or_a_metric_that_stands_twice_is_refused(text: str) -> None:
    with pytest.raises(Unparsable, match="stands twice"):
        _parse(text)


def test_other_members_are_passed_over() -> None:
    said = _with(note=None, rank=99, tone=[{"x": 1}]) | {"C": {"helpfulness": 9}, "total": 1.5}
    assert _parse(said) == _parse(GOOD)


def test_a_reason_may_be_missing_but_a_score_may_not() -> None:
    parsed = _parse({"A": {"helpfulness": 4, "helpfulness_reason": None}, "B": {"helpfulness": 0}})
    assert [answer.reasons for answer in parsed] == [{}, {}]


def test_a_reason_can_be_stored() -> None:
    reasons = [_parse(_with(helpfulness_reason=text)) for text in ("\ud800", "x" * 10_000)]
    assert [parsed[1].reasons["helpfulness"] for parsed in reasons] == [
        "\ufffd",
        "x" * LONGEST_REASON,
    ]


def test_a_rank_is_read_only_where_it_was_asked_for() -> None:
    said = {"A": GOOD["A"] | {"rank": 2}, "B": GOOD["B"] | {"rank": "1"}}
    assert [answer.rank for answer in _parse(said, ranking=True)] == [2, 1]
    assert [answer.rank for answer in _parse(said)] == [None, None]


@pytest.mark.parametrize("rank", [0, 3, 1.5, True, None, "first"])
def test_a_rank_that_no_answer_can_have_is_refused(rank: Any) -> None:
    said = {"A": GOOD["A"] | {"rank": rank}, "B": GOOD["B"] | {"rank": 1}}
    with pytest.raises(Unparsable, match=r"answer A: 'rank' is .* from 1 to 2"):
        _parse(said, ranking=True)


def test_a_missing_rank_is_refused() -> None:
    with pytest.raises(Unparsable, match="answer A has no 'rank'"):
        _parse(GOOD, ranking=True)


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ((1, 2, 3), (("A",), ("B",), ("C",))),
        ((2, 1, 2), (("B",), ("A", "C"))),
        ((3, 1, 3), (("B",), ("A", "C"))),
        ((2, 2, 2), (("A", "B", "C"),)),
        ((None, None, None), ()),
    ],
)
def test_equal_ranks_are_one_tier(ranks: tuple[int | None, ...], expected: Any) -> None:
    answers = [ParsedAnswer(label, {}, {}, rank) for label, rank in zip("ABC", ranks, strict=True)]
    assert tiers(answers) == expected


WORDS = st.sampled_from(
    [
        "{", "}", "[", "]", '"', ":", ",", "\\", "A", "B", '"A":', '"B":', '"helpfulness":',
        '"rank":', "{}", '{"helpfulness":4}', "0", "4", "5", "-", ".", "e", "true", "null", "NaN",
        "\n", "```", "\ufeff", "\x00",
    ]
)  # fmt: skip


@given(
    text=st.lists(WORDS, max_size=30).map("".join) | st.text(st.characters(exclude_categories=())),
    ranking=st.booleans(),
)
def test_any_text_is_scores_on_the_scale_or_refused(text: str, *, ranking: bool) -> None:
    _is_on_the_scale_or_refused(text, ranking=ranking)


@given(data=st.data(), ranking=st.booleans())
def test_a_damaged_reply_is_scores_on_the_scale_or_refused(
    data: st.DataObject, *, ranking: bool
) -> None:
    schema = answer_schema(SMALL, ("A", "B"), ranking=ranking)
    text = json.dumps(data.draw(instances(schema)))
    cut = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(cut, min(len(text), cut + 20)))
    _is_on_the_scale_or_refused(text[:cut] + data.draw(WORDS) + text[end:], ranking=ranking)


def _is_on_the_scale_or_refused(text: str, *, ranking: bool) -> None:
    try:
        parsed = _parse(text, ranking=ranking)
    except Unparsable:
        return
    assert [answer.label for answer in parsed] == ["A", "B"]
    for answer in parsed:
        assert type(answer.scores["helpfulness"]) is int
        assert 0 <= answer.scores["helpfulness"] <= 4
        assert answer.rank in ((1, 2) if ranking else (None,))


def test_a_whole_preset_is_read() -> None:
    rubric = preset("mm-rlhf")
    scores = {metric.name: 3 for metric in rubric.metric}
    said = reply({"A": scores, "B": scores | {"ethics": 5}})
    parsed = _parse({label: {**given, "rank": 1} for label, given in said.items()}, rubric)
    assert [dict(answer.scores) for answer in parsed] == [scores, scores | {"ethics": 5}]
