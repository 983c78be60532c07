"""Others' text stays text: tags, links, variables and template braces."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.label_studio.safe_text import JOINER, as_html, as_markdown, as_words, storable
from tests.support import hostile


@pytest.mark.parametrize("text", hostile.texts())
def test_no_tag_begins_in_markdown_of_others(text: str) -> None:
    assert not re.search(r"<[A-Za-z/!?]", as_markdown(text))


@pytest.mark.parametrize(
    "text", ["[a](http://x)", "![a](http://x)", "[a][b]", "[a]: http://x", "x\n\n[a]:/y"]
)
def test_no_link_and_no_picture_is_left_in_markdown(text: str) -> None:
    assert not re.search(r"\][(\[:]", as_markdown(text))


@given(st.text())
def test_markdown_loses_no_character(text: str) -> None:
    assert as_markdown(text).replace(JOINER, "") == storable(text).replace(JOINER, "")


@given(st.text())
def test_html_is_one_line_that_reads_as_the_text(text: str) -> None:
    made = as_html(text)
    assert "\n" not in made
    assert not re.search(r"[<>]", made.replace("<br>", ""))
    assert html.unescape(made.replace("<br>", "\n")) == html.unescape(html.escape(storable(text)))


@given(st.text())
def test_what_cannot_be_stored_is_replaced(text: str) -> None:
    kept = storable(text)
    assert "\x00" not in kept
    assert "\r" not in kept
    kept.encode("utf-8")


@pytest.mark.parametrize("text", ["costs $5", "$answer_a", "${x}", "$[0]", "{{ $title }}"])
def test_no_variable_is_left_in_words(text: str) -> None:
    assert not re.search(r"\$[\w\[\].{}]", as_words(text))


def test_an_ending_that_the_page_would_cut_off_is_kept() -> None:
    assert not re.search(r"\]\]>\s*\Z", as_markdown("a ]]> \n"))


def test_code_is_not_changed_to_the_eye() -> None:
    assert as_markdown("`a < b`\n\n    x[1] = y") == "`a < b`\n\n    x[1] = y"
