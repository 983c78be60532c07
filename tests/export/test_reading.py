from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from export.reading import PairsFile
from schemas.errors import ExportError
from tests.support.pairs import pair, write_pairs

ROWS = [pair(chosen=f"answer {n}", split="test" if n % 5 == 4 else "train") for n in range(20)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_pairs(tmp_path / "pairs.parquet", ROWS, row_group_size=7)


def chosen(pairs: PairsFile, split: str | None) -> list[str]:
    return [text for batch in pairs.batches(split) for text in batch.column("chosen").to_pylist()]


def test_a_split_is_read_in_the_order_of_the_file(path: Path) -> None:
    for split in ("train", "test"):
        expected = [row.chosen for row in ROWS if row.split == split]
        assert chosen(PairsFile(path), split) == expected


def test_without_a_split_all_rows_are_read(path: Path) -> None:
    assert chosen(PairsFile(path), None) == [row.chosen for row in ROWS]


def test_a_split_that_is_not_there_gives_no_batch(path: Path) -> None:
    assert list(PairsFile(path).batches("validation")) == []


def test_batches_are_small_where_rows_are_large(tmp_path: Path) -> None:
    rows = [pair(chosen=str(n) * 3_000_000, rejected="no") for n in range(8)]
    file = tmp_path / "pairs.parquet"
    write_pairs(file, rows)
    plain = pq.read_table(file)
    pq.write_table(plain, file, compression="none", use_dictionary=False)
    sizes = [batch.num_rows for batch in PairsFile(file).batches()]
    assert sum(sizes) == 8
    assert max(sizes) == 2


def test_leaves_name_what_a_nested_column_holds(path: Path) -> None:
    pairs = PairsFile(path)
    leaves = pairs.leaves("messages", without=("text",))
    (batch,) = pairs.batches(columns=leaves)
    turn = batch.column("messages").to_pylist()[0][0]
    assert turn["role"] == "user"
    assert set(turn["parts"][0]) == {"type", "media_index"}


def test_pairs_written_by_duckdb_are_read_alike(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "duckdb.parquet"
    duckdb.sql(f"copy (from '{path}') to '{other}' (format parquet)")
    assert chosen(PairsFile(other), "test") == chosen(PairsFile(path), "test")


def test_a_file_that_is_not_there_or_no_parquet_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "pairs.parquet"
    with pytest.raises(ExportError, match=r"cannot be read .*; make it with: curate build"):
        PairsFile(broken)
    broken.write_bytes(b"PAR1 but no more")
    with pytest.raises(ExportError, match=r"pairs\.parquet cannot be read"):
        PairsFile(broken)


def test_a_missing_column_is_named(path: Path) -> None:
    pq.write_table(pq.read_table(path).drop_columns(["margin"]), path)
    with pytest.raises(ExportError, match="column 'margin' is missing"):
        PairsFile(path)


@pytest.mark.parametrize("name", ["messages", "media", "chosen_scores", "provenance", "margin"])
def test_a_column_of_another_type_is_named(path: Path, name: str) -> None:
    table = pq.read_table(path)
    at = table.schema.get_field_index(name)
    pq.write_table(table.set_column(at, name, pa.array([True] * 20)), path)
    with pytest.raises(ExportError, match=f"column '{name}' is bool"):
        PairsFile(path)
