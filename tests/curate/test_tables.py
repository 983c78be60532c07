from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import tables
from curate.console import Console

ID = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "true"),
        (1234567, "1,234,567"),
        (Decimal("5.000000"), "5"),
        (Decimal("0.500000"), "0.5"),
        (Decimal(1000), "1000"),
        (0.25, "0.25"),
        ({"a": Decimal("1.5")}, '{"a": 1.5}'),
        ("\x1b[1mbold", "\N{REPLACEMENT CHARACTER}[1mbold"),
    ],
)
def test_a_value_is_shown_as_people_write_it(value: Any, shown: str) -> None:
    assert tables.cell(value, grouped=True) == shown


def test_numbers_are_not_grouped_where_they_may_be_years_or_keys() -> None:
    assert tables.cell(2026, grouped=False) == "2026"


def test_columns_get_what_they_need_where_there_is_room() -> None:
    assert tables.widths(["id", "text"], [[ID, "short words"]], 80) == [32, 11]


def test_a_long_text_is_folded_before_an_id_is_broken() -> None:
    assert tables.widths(["id", "text"], [[ID, "many words " * 20]], 60) == [32, 26]


def test_there_are_no_widths_where_an_id_would_be_broken() -> None:
    assert tables.widths(["id", "other"], [[ID, ID]], 60) is None


def test_a_letter_of_two_cells_counts_as_two() -> None:
    assert tables.widths(["a"], [["日本"]], 80) == [4]


def test_a_long_cell_is_cut_and_says_so() -> None:
    cut = tables.shortened("x" * 501)
    assert len(cut) == 500
    assert cut.endswith("…")
    assert tables.shortened("x" * 500) == "x" * 500


@given(
    st.lists(st.lists(st.text("ab 日", max_size=50), min_size=3, max_size=3), min_size=1),
    st.integers(20, 200),
)
def test_widths_fit_the_room_and_break_no_word(rows: list[list[str]], width: int) -> None:
    from rich.cells import cell_len

    found = tables.widths(["x", "y", "z"], rows, width)
    words = [[cell_len(word) for row in rows for word in row[at].split()] for at in range(3)]
    least = [min(36, max(1, *column, 0)) for column in words]
    if found is None:
        assert sum(least) + 4 > width
    else:
        assert sum(found) + 4 <= width
        assert all(size >= want for size, want in zip(found, least, strict=True))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("data/train.parquet", "data/train.parquet"),
        ("pairwright/annotations/judge.jsonl", "pairwright/\nannotations/\njudge.jsonl"),
        ("at a/b/c/data/train.parquet now", "at a/b/c/data/\ntrain.parquet now"),
        ("words that are wider than this", "words that are wider than this"),
        ("a/" + "b" * 25, "a/\n" + "b" * 25),
        ("  two\nlines  ", "  two\nlines  "),
    ],
)
def test_a_path_is_broken_behind_a_slash(text: str, shown: str) -> None:
    assert tables.folded(text, 18) == shown


@given(st.text("ab/ \n", max_size=60), st.integers(1, 20))
def test_a_fold_adds_line_breaks_and_nothing_else(text: str, width: int) -> None:
    shown = tables.folded(text, width)
    assert shown.replace("\n", "") == text.replace("\n", "")
    words = [word for line in shown.split("\n") for word in line.split()]
    assert all(len(word) <= width or "/" not in word[:-1] for word in words)


def test_a_terminal_breaks_no_name_of_a_path(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("curate.console.width", lambda: 60)
    path = "pairwright/annotations/judge-20261126T193240830Z-1cabeedd.jsonl"
    Console().table("", ("path", "bytes"), [(path, 35303)])
    assert capsys.readouterr().out.splitlines() == [
        "path                                                   bytes",
        "pairwright/annotations/                               35,303",
        "judge-20261126T193240830Z-1cabeedd.jsonl",
    ]
