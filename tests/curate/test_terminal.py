import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.terminal import printable

BAD = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", f"{BAD}[31mred{BAD}[0m"),
        ("a\x07b\x08c\x00\x7f\x9b", f"a{BAD}b{BAD}c{BAD}{BAD}{BAD}"),
        ("\u202egnp.exe", f"{BAD}gnp.exe"),
        ("\u2066a\u2069", f"{BAD}a{BAD}"),
        ("half \ud800", f"half {BAD}"),
        ("over\rwritten", f"over{BAD}written"),
    ],
)
def test_what_steers_a_terminal_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "two\nlines\tand a tab",
        "narrow\u202fspace, no-break\u00a0space, ideographic\u3000space",
        "family \U0001f469\u200d\U0001f469\u200d\U0001f467",
        "می\u200cخواهم שלום",  # noqa: RUF001 - Persian and Hebrew
        "[red]not markup[/red]",
    ],
)
def test_what_texts_are_written_with_stays(text: str) -> None:
    assert printable(text) == text


def test_line_ends_of_windows_are_line_ends() -> None:
    assert printable("a\r\nb") == "a\nb"


@given(st.text())
def test_no_control_character_is_ever_left(text: str) -> None:
    left = {unicodedata.category(char) for char in printable(text) if char not in "\n\t"}
    assert not left & {"Cc", "Cs", "Co", "Cn"}
