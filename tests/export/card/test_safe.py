"""What others wrote stays text in a card."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from export.card.safe import code, line, percent, prose, table, words
from tests.support import hostile

READER = MarkdownIt("commonmark", {"html": True}).enable("table")
HARMLESS = {"inline", "paragraph_open", "paragraph_close", "text", "text_special", "code_inline"}


def kinds(markdown: str) -> set[str]:
    tokens = READER.parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    return {token.type for token in (*tokens, *inner)}


@pytest.mark.parametrize("text", hostile.texts())
def test_markup_of_others_is_neither_html_nor_markdown(text: str) -> None:
    assert kinds(f"Said: {words(text)}.") <= HARMLESS
    assert kinds(f"Said: {code(text)}.") <= HARMLESS


@given(st.text(max_size=60))
def test_no_text_opens_a_block_or_a_link(text: str) -> None:
    assert kinds(words(text)) <= HARMLESS
    assert kinds(f"It is {code(text)} here.") <= HARMLESS


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_a_table_has_a_cell_for_each_text(texts: list[str]) -> None:
    made = table([str(number) for number in range(len(texts))], [[words(it) for it in texts]])
    tokens = READER.parse(made)
    assert sum(token.type == "td_open" for token in tokens) == len(texts)
    coded = table([str(number) for number in range(len(texts))], [[code(it) for it in texts]])
    assert sum(token.type == "td_open" for token in READER.parse(coded)) == len(texts)


def test_an_address_is_no_link_for_readers_that_look_for_them() -> None:
    reader = MarkdownIt("commonmark", {"linkify": False}).enable("table")
    said = reader.render(words("see https://evil.example/x or www.evil.example or a@evil.example"))
    assert "<a" not in said
    assert "://e" not in said
    assert "www.e" not in said
    assert "@e" not in said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/somebody/data/cups.jsonl", "cups.jsonl"),
        ("C:\\Users\\somebody\\cups.jsonl", "cups.jsonl"),
        ("read from /home/somebody/cups.jsonl today", "read from cups.jsonl today"),
        (PurePosixPath("/home/somebody/cups.jsonl").as_uri(), "cups.jsonl"),
        ("and/or", "and/or"),
        ("a\nb\tc", "a b c"),
        ("\ud800\x1b[31m", "\ufffd\ufffd[31m"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_a_line_has_no_folders_no_breaks_and_an_end(text: str, shown: str) -> None:
    assert line(text) == shown


def test_prose_is_a_paragraph_for_each_part_between_blank_lines() -> None:
    assert prose("# One\nline.\n \n\n- <b>Two</b>\n") == [
        r"\# One line.",
        r"\- &lt;b&gt;Two&lt;/b&gt;",
    ]
    assert prose(" \n\n ") == []
    assert [len(it) for it in prose("x" * 3000)] == [2000]


def test_words_read_as_they_were_written() -> None:
    text = "1. a *b* <c> & d | e \\ $f$ `g`"
    assert READER.render(words(text)) == "<p>1. a *b* &lt;c&gt; &amp; d | e \\ $f$ `g`</p>\n"


def test_shares_are_told_as_people_read_them() -> None:
    assert percent(0.1234) == "12.3\N{NO-BREAK SPACE}%"
    assert percent(None) == ""
