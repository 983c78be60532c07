import random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.reasons import Critique, critique
from schemas.pair import Rationale, ReasonKind
from tests.support.pairs import reason

ONE, OTHER = "a" * 32, "b" * 32


def of(*said: Rationale, candidate_id: str = ONE) -> Critique | None:
    return critique([one.model_dump() for one in said], candidate_id)


def test_the_reason_for_the_whole_stands_before_those_by_metric() -> None:
    said = [
        reason("wrong count", ONE, "helpfulness"),
        reason("two cups are missed", ONE, "correctness"),
        reason("Poor.", ONE),
    ]
    text = "Poor.\ncorrectness: two cups are missed\nhelpfulness: wrong count"
    assert of(*said) == Critique(text, "human")


def test_words_on_the_other_answer_and_on_the_order_are_not_taken() -> None:
    assert of(reason("Good.", OTHER), reason("A is better.")) is None
    assert of(reason("Good.", OTHER), candidate_id=OTHER) == Critique("Good.", "human")


def test_expanded_words_come_before_people_then_judges_then_sources() -> None:
    person = reason("Short.", ONE, rater="h-9")
    judge = reason("The judge says far more.", ONE, rater="a-judge", kind="judge")
    source = reason("The source says even more than that.", ONE, rater="a", kind="source")
    expanded = reason("It is short.", ONE, rater="h-9", kind="expanded")
    assert of(source, judge, person, expanded) == Critique("It is short.", "expanded")
    assert of(source, judge, person) == Critique("Short.", "human")
    assert of(source, judge) == Critique("The judge says far more.", "judge")
    assert of(source) == Critique("The source says even more than that.", "source")


def test_of_two_people_the_one_who_said_most_is_heard_alone() -> None:
    little = [reason("No.", ONE, rater="h-1")]
    much = [reason("One", ONE, "correctness", "h-2"), reason("cup", ONE, "coherence", "h-2")]
    assert of(*little, *much) == Critique("coherence: cup\ncorrectness: One", "human")


def test_of_two_who_said_as_much_the_smaller_id_is_heard() -> None:
    said = [reason("Five.", ONE, rater="h-2"), reason("Nine.", ONE, rater="h-1")]
    assert of(*said) == of(*reversed(said)) == Critique("Nine.", "human")


def test_a_judge_asked_twice_has_one_text_a_metric() -> None:
    said = [
        reason("Right.", ONE, "correctness", "j", "judge"),
        reason("It is right.", ONE, "correctness", "j", "judge"),
    ]
    assert of(*said) == Critique("correctness: It is right.", "judge")


@pytest.mark.parametrize("text", ["", " \n\u3000"])
def test_blank_words_are_none(text: str) -> None:
    assert of(reason(text, ONE)) is None


def test_a_reward_model_has_no_words() -> None:
    assert of(reason("0.7", ONE, kind="reward_model")) is None


KINDS = st.sampled_from(get_args(ReasonKind))
SAID = st.lists(
    st.builds(
        reason,
        st.text("ab \n", max_size=3),
        st.sampled_from([ONE, OTHER, None]),
        st.sampled_from(["correctness", "helpfulness", None]),
        st.sampled_from(["h-1", "h-2"]),
        KINDS,
    ),
    max_size=8,
)


@given(SAID, st.integers())
def test_the_order_in_which_reasons_are_read_does_not_matter(
    said: list[Rationale], seed: int
) -> None:
    assert of(*random.Random(seed).sample(said, len(said))) == of(*said)


@given(SAID)
def test_every_line_is_by_one_rater_of_the_best_kind(said: list[Rationale]) -> None:
    found = of(*said)
    heard: dict[ReasonKind, set[str]] = {}
    for one in said:
        if one.candidate_id == ONE and one.text.strip():
            heard.setdefault(one.kind, set()).add(one.rater)
    best = [kind for kind in ("expanded", "human", "judge", "source") if kind in heard]
    assert (found is None) == (not best)
    assert found is None or found.source == best[0]
