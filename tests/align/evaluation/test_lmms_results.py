"""What lmms-eval found, in one table."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from align.evaluation.lmms_results import as_text, read_results
from schemas.errors import AlignError

RECORDED = Path(__file__).with_name("lmms_results.json")


def laid_out(folder: Path, name: str = "20260102_030405", **changes: Any) -> Path:
    """A results file where lmms-eval writes it."""
    place = folder / "runs__dpo-1__model"
    place.mkdir(parents=True, exist_ok=True)
    found = json.loads(RECORDED.read_text())
    for task, values in changes.items():
        found["results"][task].update(values)
    (place / f"{name}_results.json").write_text(json.dumps(found))
    return folder


def test_scores_have_our_names_and_the_order_of_the_papers(tmp_path: Path) -> None:
    report = read_results(laid_out(tmp_path), "dpo-1")
    told = [(score.benchmark, score.metric, score.value) for score in report.scores]
    assert told == [
        ("POPE (adversarial)", "accuracy", 0.875),
        ("POPE (adversarial)", "f1", 0.8571428571428571),
        ("POPE (adversarial)", "yes_share", 0.5),
        ("MMBench (cn)", "accuracy", 66.5),
        ("MM-Vet", "score", 31.25),
        ("hallusion_bench_image", "aAcc", 50.0),
    ]
    pope, *_, vet, _ = report.scores
    assert (pope.stderr, pope.n, pope.partial, pope.higher_is_better) == (None, 8, True, True)
    assert (vet.stderr, vet.n, vet.partial) == (2.5, 4, False)


@pytest.mark.parametrize("value", ["N/A", 10**400, True, None, [1]])
def test_a_value_that_is_no_number_is_null(tmp_path: Path, value: object) -> None:
    values = {"gpt_eval_score,none": value}
    report = read_results(laid_out(tmp_path, mmvet=values), "dpo-1")
    assert [score.value for score in report.scores if score.task == "mmvet"] == [None]


def test_of_a_task_that_was_run_twice_the_newest_counts(tmp_path: Path) -> None:
    laid_out(tmp_path, "20260103_000000", mmvet={"gpt_eval_score,none": 40.0})
    laid_out(tmp_path, "20260101_000000", mmvet={"gpt_eval_score,none": 10.0})
    report = read_results(tmp_path, "dpo-1")
    (vet,) = [score for score in report.scores if score.task == "mmvet"]
    assert (vet.value, vet.file) == (40.0, "20260103_000000_results.json")


def test_the_table_reads_as_text(tmp_path: Path) -> None:
    lines = as_text(read_results(laid_out(tmp_path), "dpo-1")).splitlines()
    assert lines[0] == "dpo-1 on lmms-eval"
    assert lines[2].split() == ["benchmark", "metric", "value", "stderr", "n", "better"]
    assert lines[4].split()[-4:] == ["-", "8", "higher", "(partial)"]
    assert len({len(line.rstrip()) >= 20 for line in lines[2:]}) == 1


def test_no_results_are_said(tmp_path: Path) -> None:
    with pytest.raises(AlignError, match="no results of lmms-eval"):
        read_results(tmp_path, "dpo-1")


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"results": 3}', '{"results": [[1, {"a,b": 1}]]}', "[" * 100_000]
)
def test_a_broken_file_is_said(tmp_path: Path, content: str) -> None:
    shutil.copyfile(RECORDED, tmp_path / "a_results.json")
    (tmp_path / "b_results.json").write_text(content)
    with pytest.raises(AlignError, match=r"b_results.json: no results of lmms-eval"):
        read_results(tmp_path, "dpo-1")
