"""The engine runs named statements into tables and streams rows through kernels and to Parquet."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.engines.duckdb import DuckDBEngine
from curate.kernels.base import Kernel
from schemas.errors import ConfigError

CANDIDATES = pa.table(
    {"candidate_id": ["1", "2", "3"], "prompt_id": ["4"] * 3, "response": [" x", "plain", "\u00e9"]}
)
LENGTHS = pa.schema([("candidate_id", pa.string()), ("n", pa.int64())])


def _lengths(batch: pa.RecordBatch) -> pa.RecordBatch:
    counts = [len(text) for text in batch["response"].to_pylist()]
    return pa.record_batch([batch["candidate_id"], pa.array(counts, pa.int64())], schema=LENGTHS)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(tmp_path, {"outer_space": " ", "unused": 1})
    yield engine
    engine.close()


def test_a_given_table_is_there_by_its_name(engine: DuckDBEngine) -> None:
    engine.put("given_table", CANDIDATES)
    engine.put("given_table", CANDIDATES.slice(1))
    assert engine.count("given_table") == 2


def test_a_statement_is_run_with_the_parameters_it_names(engine: DuckDBEngine) -> None:
    engine.put("raw_candidates", CANDIDATES)
    engine.run("dedupe/unplain_answers")
    assert engine.count("unplain_answers") == 2
    assert sorted(row[0] for row in engine.rows("dedupe/unplain_answers")) == ["1", "3"]


def test_a_statements_table_may_have_another_name_and_be_dropped(engine: DuckDBEngine) -> None:
    engine.run("split/no_ties", "prompt_ties")
    engine.rename("prompt_ties", "renamed")
    assert engine.count("renamed") == 0
    engine.drop("renamed")
    engine.define("renamed", "select 1 as one")
    assert engine.count("renamed") == 1


def test_rows_go_through_a_kernel_into_a_table(engine: DuckDBEngine) -> None:
    engine.put("raw_candidates", CANDIDATES)
    engine.map("dedupe/unplain_answers", Kernel(LENGTHS, _lengths), "lengths")
    found = engine.connection.execute("select * from lengths order by all").fetchall()
    assert found == [("1", 2), ("3", 1)]


def test_rows_are_written_in_the_statements_order_and_the_tables_schema(
    engine: DuckDBEngine, tmp_path: Path
) -> None:
    names = [f"h-{number:03}" for number in range(50)]
    engine.put("raters", pa.table({"rater_no": list(range(50)), "rater": names[::-1]}))
    votes = {"rater_no": list(range(50)), "conflicted": [True] * 50, "contradicted": [False] * 50}
    engine.put("votes", pa.table(votes))
    schema = pa.schema([("rater", pa.string()), ("n_conflicts", pa.float64())])
    assert engine.write("write/conflicts", tmp_path / "out.parquet", schema) == 50
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.schema.equals(schema)
    assert table["rater"].to_pylist() == names
    assert set(table["n_conflicts"].to_pylist()) == {1.0}


@pytest.mark.parametrize("value", ["plenty", "", "-1", "0", "1.5", "1GB"])
def test_a_memory_limit_that_is_no_number_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PAIRWRIGHT_MEMORY_MB", value)
    with pytest.raises(ConfigError, match="whole megabytes"):
        DuckDBEngine(tmp_path, {})


def test_the_memory_limit_is_taken_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIRWRIGHT_MEMORY_MB", "300")
    engine = DuckDBEngine(tmp_path, {})
    limit = engine.connection.execute("select current_setting('memory_limit')").fetchall()
    engine.close()
    assert limit == [("286.1 MiB",)]
