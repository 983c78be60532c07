from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from export.verify.asking import verdict_of
from export.verify.base import Verdict
from tests.support.pairs import SEEING
from tests.support.verifying import edited, every_kind, exported

pytestmark = pytest.mark.usefixtures("_own_caches")

SHARD = "train-00000-of-00001.parquet"


def refused(folder: Path) -> str:
    verdict = verdict_of("datasets", folder)
    assert verdict.verified is False
    assert "\n" not in verdict.detail
    return verdict.detail


@pytest.mark.parametrize(("name", "refused", "pictures"), [("parquet", 0, 26), ("trl", 3, 25)])
def test_every_row_and_picture_of_shards_is_read(
    tmp_path: Path, name: str, refused: int, pictures: int
) -> None:
    """TRL gets no video, and no text with the mark of a picture."""
    folder = exported(name, tmp_path)
    verdict = verdict_of("datasets", folder)
    rows = len(every_kind(tmp_path / "media")) - refused
    assert verdict.verified is True, verdict.detail
    assert verdict.rows == rows
    assert verdict.checked == (
        f"{rows} rows at random and streamed, shuffled and resumed; {pictures} pictures decoded"
    )


@pytest.mark.parametrize("name", SEEING)
def test_pictures_beside_lines_are_opened(tmp_path: Path, name: str) -> None:
    verdict = verdict_of("datasets", exported(name, tmp_path))
    assert verdict.verified is True, verdict.detail
    assert "pictures decoded" in verdict.checked


def test_a_picture_that_is_lost_beside_lines_is_named(tmp_path: Path) -> None:
    folder = exported("ms-swift", tmp_path)
    where = edited(folder, lambda row: (folder / row["images"][0]).unlink())
    assert where in refused(folder)
    assert "no file 'images/" in refused(folder)


def test_a_path_that_leads_out_of_the_export_is_refused(tmp_path: Path) -> None:
    folder = exported("ms-swift", tmp_path)
    edited(folder, lambda row: row["images"].__setitem__(0, "../pairs.parquet"))
    assert "'../pairs.parquet' leads out of the export" in refused(folder)


def test_a_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    folder = exported("ms-swift", tmp_path)
    edited(folder, lambda row: (folder / row["images"][0]).write_bytes(b"no picture"))
    assert "UnidentifiedImageError" in refused(folder)


def test_bytes_that_are_no_picture_are_refused(tmp_path: Path) -> None:
    folder = exported("trl", tmp_path)
    where = edited(folder, lambda row: row["images"][0].update(bytes=b"no picture"))
    assert refused(folder).startswith(where.strip())


def test_a_row_that_is_missing_is_noticed(tmp_path: Path) -> None:
    folder = exported("trl", tmp_path)
    table = pq.read_table(folder / SHARD)
    pq.write_table(table.slice(1), folder / SHARD)
    rows = table.num_rows
    assert refused(folder) == f"train: {rows - 1} rows load, {rows} were written"


def test_a_schema_that_does_not_tell_pictures_is_refused(tmp_path: Path) -> None:
    folder = exported("trl", tmp_path)
    table = pq.read_table(folder / SHARD)
    pq.write_table(table.replace_schema_metadata(None), folder / SHARD)
    assert "the schema does not say what its columns are" in refused(folder)


def test_a_shard_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    folder = exported("trl", tmp_path)
    data = (folder / SHARD).read_bytes()
    (folder / SHARD).write_bytes(data[: len(data) // 2])
    assert refused(folder).startswith("train: ")


def test_a_stream_of_several_shards_resumes_in_the_next(tmp_path: Path) -> None:
    folder = exported("trl", tmp_path)
    table = pq.read_table(folder / SHARD)
    for number, start in enumerate((0, 10)):
        name = folder / f"train-0000{number}-of-00002.parquet"
        pq.write_table(table.slice(start, 10 if number == 0 else None), name)
    (folder / SHARD).unlink()
    record = (folder / "export.json").read_text("utf-8")
    both = '"train-00000-of-00002.parquet", "train-00001-of-00002.parquet"'
    (folder / "export.json").write_text(record.replace(f'"{SHARD}"', both), "utf-8")
    verdict: Verdict = verdict_of("datasets", folder)
    assert verdict.verified is True, verdict.detail
    assert isinstance(table, pa.Table)
