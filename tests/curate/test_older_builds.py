"""A build by a version before ours: what it lacks is nothing, or it is said to build anew."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.support.cli import curate


@pytest.fixture
def older(demo_copy: Path) -> Path:
    """The demo as a version built it that wrote no splits and no component."""
    build = (demo_copy / "builds" / "latest").resolve()
    (build / "splits.parquet").unlink()
    for name in ("pairs", "ties"):
        table = pq.read_table(build / f"{name}.parquet")
        pq.write_table(table.drop_columns("component"), build / f"{name}.parquet")
    return demo_copy


def test_status_tells_of_it(older: Path) -> None:
    ran = curate("status", "-C", older, "--json")
    assert ran.code == 0, ran
    assert ran.json["pairs"] == 97


def test_a_query_reads_what_is_there(older: Path) -> None:
    ran = curate(
        "sql", "select count(*), (select count(*) from splits) from pairs", "-C", older, "--json"
    )
    assert ran.json["rows"] == [[97, 0]]


def test_its_report_is_written(older: Path) -> None:
    ran = curate("report", "-C", older)
    assert ran.code == 0, ran


@pytest.mark.parametrize(
    "command", [["export", "--format", "trl"], ["push", "me/set", "--dry-run"]]
)
def test_what_needs_more_says_to_build_anew(older: Path, command: list[str]) -> None:
    ran = curate(*command, "-C", older)
    assert ran.code == 1
    assert "component" in ran.err
    assert "curate build" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_table_that_every_version_wrote_is_missed(older: Path) -> None:
    (older / "builds" / "latest" / "pairs.parquet").unlink()
    ran = curate("status", "-C", older)
    assert ran.code == 1
    assert "pairs.parquet" in ran.err


def test_a_pull_by_a_version_that_had_fewer_columns_gives_the_same_build(demo_copy: Path) -> None:
    latest = demo_copy / "builds" / "latest"
    before = {path.name: path.read_bytes() for path in latest.resolve().glob("*.parquet")}
    gone = set()
    for path in [*demo_copy.glob("pulls/*/*.parquet"), demo_copy / "routes.parquet"]:
        table = pq.ParquetFile(path).read()
        empty = [it for it in table.column_names if table[it].null_count == table.num_rows]
        pq.write_table(table.drop_columns(empty), path)
        gone |= set(empty)
    assert {"other_id", "source_key"} <= gone
    ran = curate("build", "--force", "-C", demo_copy)
    assert ran.code == 0, ran
    assert {path.name: path.read_bytes() for path in latest.resolve().glob("*.parquet")} == before
    assert curate("status", "-C", demo_copy).code == 0
    assert curate("export", "-C", demo_copy, "--format", "votes").code == 0
