"""What is asked about a prompt, in every mode."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.judge.questions import items_of, n_items, n_judgements
from schemas.config_judge import JudgeSection

MODES = st.sampled_from(["listwise", "pointwise", "pairwise"])
ANSWERS = [f"{number:032x}" for number in range(9)]
PROMPT = "a" * 32


@given(MODES, st.integers(1, 9), st.integers(1, 5), st.integers(1, 3))
def test_the_numbers_are_those_of_the_questions(
    mode: str, n_answers: int, orders: int, samples: int
) -> None:
    section = JudgeSection(mode=mode, orders=orders, samples=samples)
    items = list(items_of(section, PROMPT, ANSWERS[:n_answers]))
    assert len(items) == n_items(section, n_answers)
    asked = samples * sum(map(len, items))
    assert asked == n_judgements(section, n_answers)


@given(MODES, st.integers(2, 9), st.integers(1, 5))
def test_fewer_orders_are_the_first_of_more(mode: str, n_answers: int, orders: int) -> None:
    answers = ANSWERS[:n_answers]
    few = list(items_of(JudgeSection(mode=mode, orders=orders), PROMPT, answers))
    more = list(items_of(JudgeSection(mode=mode, orders=orders + 1), PROMPT, answers))
    assert [item[: len(less)] for item, less in zip(more, few, strict=True)] == few


def test_listwise_shows_all_answers_at_once() -> None:
    (item,) = items_of(JudgeSection(orders=4), PROMPT, ANSWERS[:4])
    assert len(item) == 4
    assert all(sorted(order) == ANSWERS[:4] for order in item)
    for place in range(4):
        assert {order[place] for order in item} == set(ANSWERS[:4]), "no answer keeps its slot"


def test_pointwise_shows_one_answer_in_the_one_order_there_is() -> None:
    items = list(items_of(JudgeSection(mode="pointwise", orders=3), PROMPT, ANSWERS[:4]))
    assert items == [((answer,),) for answer in ANSWERS[:4]]


@pytest.mark.parametrize("n_answers", [2, 3, 5])
def test_pairwise_shows_every_pair_both_ways(n_answers: int) -> None:
    items = list(items_of(JudgeSection(mode="pairwise"), PROMPT, ANSWERS[:n_answers]))
    shown = Counter(order for item in items for order in item)
    every = {(one, two) for one in ANSWERS[:n_answers] for two in ANSWERS[:n_answers] if one != two}
    assert set(shown) == every
    assert set(shown.values()) == {1}
