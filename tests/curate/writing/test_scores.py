"""Scores are written with the names of what they are of, however the numbers were batched."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.engines.duckdb import DuckDBEngine
from curate.writing import scores
from tests.support.workspaces import Bench


@pytest.mark.parametrize("size", [1, 4, 1_000])
def test_every_score_has_its_own_answer_and_metric(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(scores, "NARROW_ROWS", size)
    monkeypatch.setattr(DuckDBEngine.batches, "__defaults__", (3,))
    bench = Bench(tmp_path)
    wanted = {}
    for number in range(4):
        bench.sums(f"question {number}", {"good": 12 - number, "poor": number})
        for text, total in (("good", 12 - number), ("poor", number)):
            wanted[bench._id(f"question {number}", text)] = total
    report = bench.build()
    path = report.folder / "scores.parquet"
    rows = pq.read_table(path).to_pylist()
    totals = dict.fromkeys(wanted, 0)
    for row in rows:
        totals[row["candidate_id"]] += row["value"]
    assert totals == wanted
    assert {
        len({row["metric"] for row in rows if row["candidate_id"] == one}) for one in wanted
    } == {5}
    prompts = {row["candidate_id"]: row["prompt_id"] for row in rows}
    assert len(set(prompts.values())) == 4
    keys = [(row["candidate_id"], row["metric"]) for row in rows]
    assert keys == sorted(set(keys))
    assert len({metric for _, metric in keys}) == 5
    found = pq.ParquetFile(path).metadata
    sizes = [found.row_group(number).num_rows for number in range(found.num_row_groups)]
    assert max(sizes) == min(size, 40)
    assert sum(sizes) == 40


def test_a_build_without_scores_has_a_table_of_none(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.prompt("question", "good", "poor")
    bench.vote("question", tiers=[["good"], ["poor"]])
    report = bench.build()
    table = pq.read_table(report.folder / "scores.parquet")
    assert table.num_rows == report.manifest.counts["scores"] == 0
    assert table.schema.equals(scores.SCORES)


@pytest.mark.parametrize("wanted", [[5], [1, 2], [9]])
def test_a_score_of_nothing_known_is_no_score(wanted: list[int]) -> None:
    with pytest.raises(ValueError, match="not there"):
        scores._places(pa.array(wanted, pa.int32()), np.array([1, 4, 7]))
