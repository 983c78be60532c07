"""Pairs are written from three streams that stand side by side, row for row."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.build import build
from curate.engines.duckdb import DuckDBEngine
from curate.writing import comparisons, score_maps, scores
from schemas.candidate import Generation
from tests.support.workspaces import NOW, Bench, rows, write_pull


def test_every_row_has_its_own_prompt_and_answers_across_many_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparisons, "BATCH_ROWS", 3)
    monkeypatch.setattr(score_maps, "NARROW_ROWS", 7)
    monkeypatch.setattr(scores, "NARROW_ROWS", 7)
    monkeypatch.setattr(DuckDBEngine.batches, "__defaults__", (3,))
    bench = Bench(tmp_path)
    for number in range(10):
        bench.sums(f"question {number}", {f"good {number}": 12, f"poor {number}": 3})
    report = bench.build()
    found = rows(report, "pairs")
    texts = {
        row["messages"][0]["parts"][0]["text"]: (row["chosen"], row["rejected"]) for row in found
    }
    assert texts == {f"question {n}": (f"good {n}", f"poor {n}") for n in range(10)}
    file = pq.ParquetFile(report.folder / "pairs.parquet").metadata
    assert [file.row_group(n).num_rows for n in range(file.num_row_groups)] == [3, 3, 3, 1]


def test_an_answer_of_two_pulls_names_the_models_of_both_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.sums("question", {"good": 12, "poor": 3})
    bench.answer("question", "good", model="z")
    workspace = bench.write()
    again = [
        candidate.model_copy(update={"generations": (Generation(model=model),)})
        for candidate in bench.candidates.values()
        for model in ("a", "z")
        if candidate.response == "good"
    ]
    write_pull(workspace, "test-2", bench.prompts.values(), again)
    (row,) = rows(build(workspace, now=NOW), "pairs")
    assert (row["chosen_models"], row["rejected_models"]) == (["a", "z"], ["m"])
    assert (row["chosen"], row["rejected"]) == ("good", "poor")


def test_streams_that_do_not_stand_side_by_side_stop_the_build() -> None:
    rows, others = (pa.record_batch({"place": pa.array(at, pa.int32())}) for at in ([1, 2], [1, 3]))
    for parts, texts in (((rows, others), (1, 1, 2, 2)), ((rows,), (1, 1, 2, 3))):
        columns = {"place": pa.array(texts, pa.int32()), "response": pa.array(list("abcd"))}
        both = pa.record_batch(columns | {"models": pa.array(list("mmmm"))})
        with pytest.raises(ValueError, match="side by side"):
            comparisons._side_by_side(parts, both)
