"""All that one event says of one answer, as one text."""

from hypothesis import given
from hypothesis import strategies as st

from annotate.critiquing.comment import comment_of
from tests.support.strategies import TEXT


def test_the_reason_for_the_answer_stands_first_and_metrics_follow_by_name() -> None:
    said = {"helpfulness": "too short", "overall": " right bus\n", "ethics": "fine"}
    assert comment_of(said) == "right bus\nethics: fine\nhelpfulness: too short"


def test_reasons_of_nothing_are_left_out() -> None:
    assert comment_of({"overall": " ", "helpfulness": "\n", "ethics": "fine"}) == "ethics: fine"
    assert comment_of({}) == comment_of({"overall": "\t"}) == ""


@given(st.dictionaries(TEXT, TEXT, max_size=4))
def test_the_order_in_which_reasons_come_changes_nothing(said: dict[str, str]) -> None:
    backwards = dict(reversed(list(said.items())))
    assert comment_of(said) == comment_of(backwards)
    assert all(text.strip() in comment_of(said) for text in said.values())
