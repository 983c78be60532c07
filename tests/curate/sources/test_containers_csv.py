from pathlib import Path

import pytest

from curate.sources import containers, containers_csv
from schemas.errors import SourceError
from tests.support.sources import drops_of, items_of, values_of


def written(folder: Path, content: bytes, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_header_names_the_columns_and_values_are_texts(tmp_path: Path) -> None:
    items = items_of(written(tmp_path, b"prompt,n\r\nHow many?,3\r\n"))
    assert values_of(items) == [{"prompt": "How many?", "n": "3"}]
    assert items[0].line == 2


def test_tabs_part_the_fields_of_tsv(tmp_path: Path) -> None:
    items = items_of(written(tmp_path, b"prompt\tn\na, b\t3\n", "data.tsv"))
    assert values_of(items) == [{"prompt": "a, b", "n": "3"}]


def test_quoted_field_may_hold_commas_quotes_and_lines(tmp_path: Path) -> None:
    items = items_of(written(tmp_path, b'prompt,n\n"a, ""b""\nc",1\nd,2\n'))
    assert values_of(items) == [{"prompt": 'a, "b"\nc', "n": "1"}, {"prompt": "d", "n": "2"}]
    assert [item.line for item in items] == [2, 4]


def test_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert values_of(items_of(written(tmp_path, b"\xef\xbb\xbfprompt\na\n"))) == [{"prompt": "a"}]


def test_ragged_rows_are_drops_with_their_counts(tmp_path: Path) -> None:
    items = items_of(written(tmp_path, b"a,b\n1,2\n1\n1,2,3\n\n5,6\n"))
    assert drops_of(items) == [(3, "bad_type"), (4, "bad_type")]
    assert len(values_of(items)) == 2
    assert "1 field where the header has 2" in str(items[1])


def test_invalid_utf8_costs_its_own_row_only(tmp_path: Path) -> None:
    items = items_of(written(tmp_path, b"a,b\n1,\xff\n\xc3\xa9,\xed\xb2\x80\n3,4\n"))
    assert drops_of(items) == [(2, "bad_encoding"), (3, "bad_encoding")]
    assert values_of(items) == [{"a": "3", "b": "4"}]


def test_nul_bytes_reach_ingest_as_text(tmp_path: Path) -> None:
    assert values_of(items_of(written(tmp_path, b"a,b\nx\0y,2\n"))) == [{"a": "x\0y", "b": "2"}]


def test_field_larger_than_the_csv_modules_own_limit_is_read(tmp_path: Path) -> None:
    [row] = values_of(items_of(written(tmp_path, b"a,b\n" + b"x" * 1_000_000 + b",2\n")))
    assert len(row["a"]) == 1_000_000


def test_line_over_the_limit_is_a_drop_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        containers_csv, "bounded_lines", lambda stream: containers.bounded_lines(stream, 10)
    )
    items = items_of(written(tmp_path, b"a,b\n1,2\n" + b"x" * 50 + b",2\n3,4\n"))
    assert drops_of(items) == [(3, "bad_type")]
    assert values_of(items) == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]


def test_quote_that_is_never_closed_names_the_lines_it_took(tmp_path: Path) -> None:
    items = items_of(written(tmp_path, b'a,b\n1,2\n"3,4\n5,6\n'))
    assert (values_of(items), drops_of(items)) == ([{"a": "1", "b": "2"}], [(3, "bad_type")])
    assert "lines 3 to 4 are one record" in str(items[1])


def test_text_after_a_closing_quote_is_a_drop(tmp_path: Path) -> None:
    items = items_of(written(tmp_path, b'a,b\n"1"x,2\n3,4\n'))
    assert (len(values_of(items)), drops_of(items)) == (1, [(2, "bad_type")])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"a,a\n1,2\n", "the column 'a' stands twice"),
        (b"a,\xff\n1,2\n", "not UTF-8"),
        (b'a,"b\n1,2\n', "unexpected end of data"),
        (b"a,b\r1,2\r", "new-line character"),
    ],
)
def test_header_that_names_no_columns_stops_with_the_file(
    tmp_path: Path, content: bytes, what: str
) -> None:
    with pytest.raises(SourceError, match=rf"data\.csv, line 1: .*{what}"):
        items_of(written(tmp_path, content))


def test_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert items_of(written(tmp_path, b"a,b\n")) == []


def test_blank_lines_before_the_header_are_passed_over(tmp_path: Path) -> None:
    assert values_of(items_of(written(tmp_path, b"\n\na\n1\n"))) == [{"a": "1"}]
