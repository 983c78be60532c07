"""What the engine does with tables, views and files, whatever the statements mean."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.kernels.base import Kernel
from schemas.errors import WorkspaceError
from tests.support.spark import SPARK, engine_of

pytestmark = SPARK

NAMES = pa.schema([("name", pa.string()), ("n", pa.int64())])


@pytest.fixture
def engine(spark: Any, tmp_path: Path) -> Iterator[Any]:
    engine = engine_of(spark, tmp_path, {"outer_space": " "})
    yield engine
    engine.close()
    assert not (tmp_path / "tables").exists()


def _table(*names: str) -> pa.Table:
    return pa.table({"name": list(names), "n": list(range(len(names)))}, schema=NAMES)


def _answers(*responses: str) -> pa.Table:
    ids = [f"{number:02}" for number in range(len(responses))]
    return pa.table(
        {"candidate_id": ids, "prompt_id": ["p"] * len(ids), "response": list(responses)}
    )


def test_a_view_shows_what_its_table_is_when_it_is_read(engine: Any) -> None:
    engine.put("raters", _table("a"))
    engine.define("seen", "select name from raters where n >= 0")
    assert engine.count("seen") == 1
    engine.put("raters", _table("a", "b"))
    assert engine.count("seen") == 2


def test_rows_of_files_come_with_their_folder_and_place(engine: Any, tmp_path: Path) -> None:
    files = []
    for pull, names in (("one", ["a", "b"]), ("two", ["c"])):
        (tmp_path / pull).mkdir()
        files.append(tmp_path / pull / "t.parquet")
        pq.write_table(_table(*names), files[-1])
    engine.read("plain", files, NAMES)
    engine.read_pulls("pulls", files, NAMES)
    engine.read_numbered("numbered", files, NAMES)
    assert engine.count("plain") == 3
    pulls = engine.session.table("pulls").toArrow().sort_by("name").to_pylist()
    assert [row["pull"] for row in pulls] == ["one", "one", "two"]
    numbered = engine.session.table("numbered").toArrow().sort_by("name")
    assert numbered["event_no"].to_pylist() == [0, 1, 2]


def test_no_files_are_no_rows_and_a_missing_column_is_null(engine: Any, tmp_path: Path) -> None:
    engine.read("none", [], NAMES)
    engine.read_pulls("no_pulls", [], NAMES)
    engine.read_numbered("no_events", [], NAMES)
    assert [engine.count(name) for name in ("none", "no_pulls", "no_events")] == [0, 0, 0]
    assert engine.session.table("no_pulls").columns == ["name", "n", "pull"]
    old = tmp_path / "old.parquet"
    pq.write_table(pa.table({"name": ["a"]}), old)
    engine.read_numbered("old", [old], NAMES)
    assert engine.session.table("old").toArrow().to_pylist() == [
        {"name": "a", "n": None, "event_no": 0}
    ]


def test_a_file_that_is_no_parquet_is_named_before_spark_reads_it(
    engine: Any, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and no more")
    with pytest.raises(WorkspaceError, match=r"broken\.parquet"):
        engine.read("broken", [broken], NAMES)


def test_a_statement_is_run_with_its_parameters_and_kept(engine: Any, tmp_path: Path) -> None:
    engine.put("raw_candidates", _answers(" x", "plain", "é"))
    engine.run("dedupe/unplain_answers")
    assert engine.count("unplain_answers") == 2
    engine.rename("unplain_answers", "odd")
    assert engine.count("odd") == 2
    assert len(list((tmp_path / "tables").iterdir())) == 1
    engine.drop("odd", "never_there")
    assert not list((tmp_path / "tables").iterdir())


def test_rows_are_added_to_a_table_and_leave_with_it(engine: Any, tmp_path: Path) -> None:
    pairs = {"one_no": [1], "other_no": [2], "view": [0], "sure": [True]}
    engine.put("alike_at_view", pa.table(pairs))
    engine.run("looks/alike")
    engine.append("looks/alike")
    engine.rename("alike", "pairs_alike")
    assert engine.count("pairs_alike") == 2
    engine.drop("pairs_alike")
    assert not list((tmp_path / "tables").iterdir())


def test_rows_go_through_a_kernel_batch_by_batch(engine: Any) -> None:
    sizes = pa.schema([("rows", pa.int64())])

    def rows_of(batch: pa.RecordBatch) -> pa.RecordBatch:
        return pa.record_batch([pa.array([batch.num_rows], pa.int64())], sizes)

    engine.put("raw_candidates", _answers(*([" x"] * 25)))
    told: list[int] = []
    engine.map("dedupe/unplain_answers", Kernel(sizes, rows_of), "sizes", 10, told.append)
    found = engine.session.table("sizes").toArrow()["rows"].to_pylist()
    assert sum(found) == 25
    assert max(found) <= 10
    assert told == [len(found)]


def test_numbers_over_all_rows_follow_their_order(engine: Any) -> None:
    names = [f"{number:04}" for number in range(500)]
    engine.put("raw_prompts", pa.table({"prompt_id": names[::-1], "pull": ["p"] * 500}))
    engine.run("load/prompt_keys")
    found = engine.session.table("prompt_keys").toArrow().sort_by("prompt_no")
    assert found["prompt_id"].to_pylist() == names
    assert found["prompt_no"].to_pylist() == list(range(1, 501))
    engine.rename("prompt_keys", "kept")
    assert engine.session.table("kept").toArrow().num_rows == 500


def test_rows_come_back_in_the_statements_order(engine: Any, tmp_path: Path) -> None:
    names = [f"h-{number:03}" for number in range(300)]
    engine.put("raters", pa.table({"rater_no": list(range(300)), "rater": names[::-1]}))
    flags = {"rater_no": list(range(300)), "conflicted": [True] * 300}
    engine.put("votes", pa.table({**flags, "contradicted": [False] * 300}))
    batches = list(engine.batches("write/conflicts", 100))
    assert [batch.num_rows for batch in batches] == [100, 100, 100]
    assert pa.Table.from_batches(batches)["rater"].to_pylist() == names
    schema = pa.schema([("rater", pa.string()), ("n_conflicts", pa.float64())])
    assert engine.write("write/conflicts", tmp_path / "out.parquet", schema) == 300
    assert pq.read_table(tmp_path / "out.parquet")["rater"].to_pylist() == names
