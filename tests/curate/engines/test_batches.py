"""Batches of one size: the same rows in the same order, however they came."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curate.engines.batches import Ordered, kept_aside, of_equal_size, told


def _batches(sizes: list[int]) -> list[pa.RecordBatch]:
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    return [
        pa.record_batch({"n": list(range(end - size, end))})
        for size, end in zip(sizes, ends, strict=True)
    ]


@given(sizes=st.lists(st.integers(1, 9), max_size=12), rows=st.integers(1, 12))
def test_rows_keep_their_order_and_all_batches_but_the_last_are_full(
    sizes: list[int], rows: int
) -> None:
    found = list(of_equal_size(_batches(sizes), rows))
    assert [n for batch in found for n in batch["n"].to_pylist()] == list(range(sum(sizes)))
    full, rest = divmod(sum(sizes), rows)
    assert [batch.num_rows for batch in found] == [rows] * full + [rest] * (rest > 0)


def test_empty_batches_vanish() -> None:
    empty = pa.record_batch({"n": pa.array([], pa.int64())})
    assert [batch.num_rows for batch in of_equal_size([empty, *_batches([3]), empty], 2)] == [2, 1]


def test_batches_are_taken_at_once_and_read_back_when_they_are_asked_for(tmp_path: Path) -> None:
    taken: list[int] = []

    def given() -> Iterator[pa.RecordBatch]:
        for first in range(3):
            taken.append(first)
            yield pa.record_batch({"n": pa.array([first, None]), "s": pa.array(["a", "é" * first])})

    kept = kept_aside(given(), tmp_path / "kept")
    assert taken == [0, 1, 2]
    assert [batch.to_pydict() for batch in kept] == [batch.to_pydict() for batch in given()]


def test_of_no_batches_none_are_kept(tmp_path: Path) -> None:
    assert list(kept_aside(iter(()), tmp_path / "kept")) == []
    assert not list(tmp_path.iterdir())


def test_one_is_told_of_rows_that_are_done_with() -> None:
    heard: list[int] = []
    batches = [pa.record_batch({"n": pa.array([1] * rows)}) for rows in (3, 2)]
    for batch in told(batches, heard.append):
        assert sum(heard[-1:]) in (0, 3)
        assert batch.num_rows in (3, 2)
    assert heard == [3, 5]


KEYED = pa.schema([("key", pa.int64()), ("row", pa.int64())])


@given(
    keys=st.lists(st.integers(0, 12), max_size=40).map(sorted),
    sizes=st.lists(st.integers(0, 5), max_size=20),
    asked=st.lists(st.integers(-1, 13), max_size=8).map(sorted),
)
def test_ordered_batches_give_every_row_once_as_far_as_is_asked(
    keys: list[int], sizes: list[int], asked: list[int]
) -> None:
    table = pa.table({"key": keys, "row": list(range(len(keys)))}, schema=KEYED)
    starts = [sum(sizes[:number]) for number in range(len(sizes) + 1)]
    cut = [table.slice(start, size) for start, size in zip(starts, [*sizes, 100], strict=True)]
    batches = (batch for part in cut for batch in (part.to_batches() or [_none()]))
    ordered = Ordered(batches, KEYED, "key")
    seen: list[int] = []
    for last in asked:
        found = ordered.up_to(last)
        assert found.schema == KEYED
        seen += found["row"].to_pylist()
        assert seen == [row for row, key in enumerate(keys) if key <= last]
    assert ordered.is_empty() == (len(seen) == len(keys))


def _none() -> pa.RecordBatch:
    return pa.record_batch([pa.array([], pa.int64())] * 2, schema=KEYED)
