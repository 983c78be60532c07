"""Quoting: the marks are in no text, whatever the texts hold, and the texts stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.prompting import quoting
from annotate.prompting.quoting import Quotation, quotation_for, valid_text

TEXTS = st.lists(st.text(st.characters(codec="utf-8")), max_size=4)


@given(texts=TEXTS)
def test_no_text_holds_the_token(texts: list[str]) -> None:
    token = quotation_for(texts).token
    assert not any(token in text for text in texts)


@given(texts=TEXTS)
def test_quoting_a_quoted_text_needs_another_token(texts: list[str]) -> None:
    quote = quotation_for(texts)
    again = [quote.around(text) for text in texts]
    token = quotation_for(again).token
    assert not any(token in text for text in again)


def test_the_token_is_lengthened_until_no_text_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quoting, "_digest", lambda _text: "ab" * 32)
    texts = ["abab" * 10, "x"]
    token = quotation_for(texts).token
    assert set(token) == {"a", "b"}
    assert len(token) == 48
    assert not any(token in text for text in texts)


def test_the_same_texts_have_the_same_marks_in_any_order() -> None:
    assert quotation_for(["a", "b"]) == quotation_for(["b", "a"])
    assert quotation_for(["a", "b"]) != quotation_for(["ab"])


def test_a_text_stands_on_lines_of_its_own() -> None:
    quote = Quotation("0123")
    assert quote.around(" two\r\nlines ") == "<quote-0123>\n two\r\nlines \n</quote-0123>"


@given(text=st.text(st.characters(codec="utf-8")))
def test_a_valid_text_stays_as_it_is(text: str) -> None:
    assert valid_text(text) == text


@given(text=st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_one_that_can_be_sent(text: str) -> None:
    assert len(valid_text(text).encode("utf-8").decode("utf-8")) == len(text)


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert valid_text("a\ud800b\udfffc\U0001f600") == "a\ufffdb\ufffdc\U0001f600"
