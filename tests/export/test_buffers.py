import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from export.buffers import (
    float64,
    int32,
    int64,
    integers,
    list_starts,
    mask_array,
    mask_of,
    starts_of,
    strings,
)

ROOT = Path(__file__).resolve().parents[2]
SCORES = st.decimals(-9 * 10**9, 9 * 10**9, places=6, allow_nan=False, allow_infinity=False)


@given(st.lists(st.none() | SCORES), st.integers(0, 5))
def test_decimals_become_the_nearest_float_also_in_a_slice(
    values: list[Decimal | None], skip: int
) -> None:
    column = pa.array(values, pa.decimal128(18, 6)).slice(min(skip, len(values)))
    expected = [None if v is None else float(v) for v in column.to_pylist()]
    assert float64(column).to_pylist() == expected


def test_floats_stay_floats() -> None:
    assert float64(pa.array([0.1, None])).to_pylist() == [0.1, None]


@given(st.lists(st.text()))
def test_strings_come_back_as_they_went(values: list[str]) -> None:
    values = [value.encode("utf-8", "ignore").decode() for value in values]
    assert strings(values).to_pylist() == values


@given(st.lists(st.none() | st.booleans()), st.integers(0, 9))
def test_mask_counts_null_as_false_also_in_a_slice(values: list[bool | None], skip: int) -> None:
    column = pa.array(values, pa.bool_()).slice(min(skip, len(values)))
    assert mask_of(column).tolist() == [value is True for value in column.to_pylist()]


@given(st.lists(st.booleans()))
def test_mask_goes_into_arrow_and_back(values: list[bool]) -> None:
    mask = np.array(values, dtype=np.bool_)
    assert mask_of(mask_array(mask)).tolist() == values


@given(st.lists(st.none() | st.integers(-(2**31), 2**31 - 1)), st.integers(0, 5))
def test_integers_of_any_width_are_read_with_a_value_for_null(
    values: list[int | None], skip: int
) -> None:
    column = pa.array(values, pa.int32()).slice(min(skip, len(values)))
    expected = [-1 if value is None else value for value in column.to_pylist()]
    assert integers(column, null=-1).tolist() == expected


def test_list_starts_of_a_slice_begin_at_nought() -> None:
    lists = pa.array([[1], [2, 3], [], [4]], pa.list_(pa.int64())).slice(1)
    assert list_starts(lists).tolist() == [0, 2, 2, 3]
    assert starts_of([2, 0, 1]).tolist() == [0, 2, 2, 3]


def test_numbers_are_made_in_the_width_that_is_asked_for() -> None:
    values = np.array([1, 2])
    assert (int32(values).type, int64(values).type) == (pa.int32(), pa.int64())
    assert int32(values).to_pylist() == int64(values).to_pylist() == [1, 2]


def test_making_arrays_does_not_import_pandas() -> None:
    script = (
        "import sys, numpy, export.buffers as b\n"
        "mask = numpy.array([True]); b.integers(b.int32(mask)); b.mask_of(b.mask_array(mask))\n"
        "b.strings(['a']); b.float64(b.int64(mask).cast(b.pa.decimal128(19, 0)))\n"
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
