import math
import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest

from curate.sources.containers import MAX_BYTES, TooLong, bounded_lines
from tests.support.sources import drops_of, items_of, lines_file, only_drop, values_of

DEEP = b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}"


def test_last_line_without_newline_is_a_row_where_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(b'{"n": 1}\n{"n": 2}')
    assert values_of(items_of(path)) == [{"n": 1}, {"n": 2}]


def test_last_line_that_was_cut_off_is_bad_json(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(b'{"n": 1}\n{"n": "tw')
    items = items_of(path)
    assert (values_of(items), drops_of(items)) == ([{"n": 1}], [(2, "bad_json")])


def test_invalid_utf8_costs_its_own_line_only(tmp_path: Path) -> None:
    items = items_of(lines_file(tmp_path, [{"n": 1}, b'{"n": "\xff"}', {"n": 3}]))
    assert (values_of(items), drops_of(items)) == ([{"n": 1}, {"n": 3}], [(2, "bad_encoding")])


def test_bad_encoding_names_the_byte(tmp_path: Path) -> None:
    drop = only_drop(items_of(lines_file(tmp_path, [b'{"n": "\xff"}'])))
    assert drop.detail == "byte 8 (0xff) is not UTF-8"


def test_byte_order_mark_is_no_part_of_the_first_row(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"n": 1}\r\n{"n": 2}\r\n')
    assert values_of(items_of(path)) == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize(
    ("line", "reason", "detail"),
    [
        (b"\0\0\0\0", "bad_json", "Expecting value"),
        (b'{"n": "a\0b"}', "bad_json", "Invalid control character"),
        (b'{"n": 1, "n": 2}', "bad_json", "key 'n' stands twice"),
        (b'{"a": {"n": 1, "n": 1}}', "bad_json", "key 'n' stands twice"),
        (b'{"n": ' + b"9" * 5000 + b"}", "bad_json", "a number of 5000 digits"),
        (b'{"n": ' + b"9" * 400 + b"}", "bad_json", "a number of 400 digits"),
        (DEEP, "bad_json", "nested deeper than 100"),
        (b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", "bad_json", "nested deeper than 100"),
        (b"[" * 100_000, "bad_json", "nested deeper than 100"),
        (b"[1, 2]", "bad_type", "this is list of 2 entries"),
        (b'"text"', "bad_type", "this is str 'text'"),
        (b"null", "bad_type", "this is NoneType None"),
        (b'{"n": 1} {"n": 2}', "bad_json", "Extra data"),
    ],
)
def test_broken_line_is_a_drop_that_says_why(
    tmp_path: Path, line: bytes, reason: str, detail: str
) -> None:
    drop = only_drop(items_of(lines_file(tmp_path, [line])))
    assert drop.reason == reason
    assert detail in drop.detail


def test_nesting_up_to_the_limit_is_read(tmp_path: Path) -> None:
    line = b'{"a": ' + b"[" * 99 + b"]" * 99 + b"}"
    assert len(values_of(items_of(lines_file(tmp_path, [line])))) == 1


def test_nan_and_infinity_are_the_numbers_they_name(tmp_path: Path) -> None:
    path = lines_file(tmp_path, [b'{"a": NaN, "b": -Infinity, "c": 1e999}'])
    [row] = values_of(items_of(path))
    assert math.isnan(row["a"])
    assert (row["b"], row["c"]) == (-math.inf, math.inf)


def test_numbers_up_to_300_digits_become_floats_without_overflow(tmp_path: Path) -> None:
    [row] = values_of(items_of(lines_file(tmp_path, [b'{"n": ' + b"9" * 300 + b"}"])))
    assert math.isfinite(float(row["n"]))


def test_lone_surrogate_reaches_ingest_which_drops_only_the_answer(tmp_path: Path) -> None:
    assert values_of(items_of(lines_file(tmp_path, [b'{"n": "\\ud800"}']))) == [{"n": "\ud800"}]


def test_line_over_the_limit_is_known_by_its_size_only() -> None:
    stream = BytesIO(b"short\n" + b"x" * 30 + b"\n" + b"y" * 10 + b"\n" + b"z" * 11)
    lines = list(bounded_lines(stream, limit=10))
    assert lines == [b"short\n", TooLong(31), b"y" * 10 + b"\n", TooLong(11)]


def test_hundred_megabyte_line_is_never_held_whole(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    with path.open("wb") as file:
        file.write(b'{"a": "')
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"n": 2}\n')
    tracemalloc.start()
    items = items_of(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (values_of(items), drops_of(items)) == ([{"n": 2}], [(1, "bad_json")])
    # readline holds the piece it reads and a copy while it joins its buffers.
    assert peak < 2.5 * MAX_BYTES
