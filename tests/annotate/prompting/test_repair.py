"""A second try: the same request with what was wrong, and no more of the bad reply than helps."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.base import Text
from annotate.digest import request_digest
from annotate.prompting.prompt import judge_request
from annotate.prompting.repair import repair_request
from tests.support.judging import PNG, view

REQUEST = judge_request(view(), [[PNG]])


def _texts(reply: str, problem: str = "answer B is missing") -> tuple[str, str]:
    *_, said, asked = repair_request(REQUEST, reply, problem).turns
    assert (said.role, asked.role) == ("assistant", "user")
    assert isinstance(said.parts[0], Text)
    assert isinstance(asked.parts[0], Text)
    return said.parts[0].text, asked.parts[0].text


def test_two_turns_are_added_and_nothing_else_changes() -> None:
    again = repair_request(REQUEST, "{}", "answer A is missing")
    assert replace(again, turns=again.turns[:-2]) == REQUEST
    assert len(again.turns) == 3
    assert request_digest(again) != request_digest(REQUEST)


def test_the_problem_is_named() -> None:
    said, asked = _texts("{}", "answer A is missing")
    assert said == "{}"
    assert asked.startswith("That reply cannot be used: answer A is missing. ")
    assert "JSON object" in asked


@pytest.mark.parametrize("reply", ["", " \n"])
def test_an_empty_reply_still_makes_a_turn_with_words(reply: str) -> None:
    assert _texts(reply)[0] == "(an empty reply)"


def test_a_long_reply_is_cut() -> None:
    said, _ = _texts("x" * 1_000_000)
    assert said == "x" * 2000 + " (cut here)"


@given(reply=st.text(st.characters(exclude_categories=())), problem=st.text())
def test_any_reply_can_be_sent_back(reply: str, problem: str) -> None:
    for text in _texts(reply, problem):
        assert text.strip()
        assert text.encode("utf-8")
