from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sources.containers_parquet import BATCH_ROWS
from schemas.errors import SourceError
from tests.support.sources import drops_of, items_of, values_of
from tests.support.tables import promising

PICTURE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])


def written(folder: Path, table: pa.Table, **settings: Any) -> Path:
    path = folder / "data.parquet"
    pq.write_table(table, path, **settings)
    return path


def test_rows_are_plain_values_with_null_kept(tmp_path: Path) -> None:
    table = pa.table(
        {
            "prompt": ["a", None],
            "image": pa.array([{"bytes": b"\x89PNG", "path": "1.png"}, None], PICTURE),
            "tags": pa.array([[("k", "v")], []], pa.map_(pa.string(), pa.string())),
        }
    )
    items = items_of(written(tmp_path, table))
    assert values_of(items) == [
        {"prompt": "a", "image": {"bytes": b"\x89PNG", "path": "1.png"}, "tags": {"k": "v"}},
        {"prompt": None, "image": None, "tags": {}},
    ]
    assert [item.line for item in items] == [1, 2]


def test_rows_of_many_batches_are_numbered_through(tmp_path: Path) -> None:
    count = 3 * BATCH_ROWS + 5
    items = items_of(written(tmp_path, pa.table({"n": range(count)}), row_group_size=50))
    assert [item.line for item in items] == list(range(1, count + 1))
    assert [row["n"] for row in values_of(items)] == list(range(count))


def test_text_that_is_not_utf8_costs_its_own_row_only(tmp_path: Path) -> None:
    texts = pa.array([b"a", b"\xff\xfe", b"c"], pa.binary()).cast(pa.large_binary())
    column = pa.Array.from_buffers(pa.large_string(), 3, texts.buffers())
    items = items_of(written(tmp_path, pa.table({"prompt": column})))
    assert values_of(items) == [{"prompt": "a"}, {"prompt": "c"}]
    assert drops_of(items) == [(2, "bad_encoding")]


def test_value_that_python_cannot_hold_costs_its_own_row_only(tmp_path: Path) -> None:
    column = pa.array([0, 2**62, 0], pa.timestamp("us"))
    items = items_of(written(tmp_path, pa.table({"at": column})))
    assert (len(values_of(items)), drops_of(items)) == (2, [(2, "bad_type")])


def test_key_that_stands_twice_in_a_map_costs_its_own_row_only(tmp_path: Path) -> None:
    column = pa.array([[("k", 1), ("k", 2)], [("k", 1)]], pa.map_(pa.string(), pa.int64()))
    items = items_of(written(tmp_path, pa.table({"m": column})))
    assert (values_of(items), drops_of(items)) == ([{"m": {"k": 1}}], [(1, "bad_type")])


@pytest.mark.parametrize("kept", [0, 3, 100, -1])
def test_truncated_file_stops_with_its_name(tmp_path: Path, kept: int) -> None:
    path = written(tmp_path, pa.table({"n": range(1000)}))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(SourceError, match=r"data\.parquet, after row 0: no readable Parquet"):
        items_of(path)


def test_column_that_stands_twice_stops_with_the_file(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["n", "n"])
    with pytest.raises(SourceError, match="the column 'n' stands twice"):
        items_of(written(tmp_path, table))


def test_table_without_rows_has_none(tmp_path: Path) -> None:
    assert items_of(written(tmp_path, pa.table({"n": pa.array([], pa.int64())}))) == []


@given(data=st.data())
def test_damaged_file_never_raises_anything_but_source_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    table = pa.table({"prompt": ["question"] * 20, "n": range(20)})
    path = written(folder, table)
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    with suppress(SourceError):
        items = items_of(path)
        assert [item.line for item in items] == list(range(1, len(items) + 1))


def test_rows_that_a_damaged_list_of_row_groups_leaves_out_are_missed(tmp_path: Path) -> None:
    path = written(tmp_path, pa.table({"prompt": ["a", "b"]}))
    path.write_bytes(promising(path.read_bytes(), 2, 3))
    with pytest.raises(SourceError, match="2 rows where it says 3; write the file again"):
        items_of(path)
