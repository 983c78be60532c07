"""Batches of one size: the same rows in the same order, however they came."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curate.engines.batches import of_equal_size


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
