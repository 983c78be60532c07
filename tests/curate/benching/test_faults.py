"""What is doubtful in a benchmark is reported, with the row to look at."""

from pathlib import Path

from curate.benching.faults import contradicted_prompts, faults
from tests.support.benches import benchmark, pair, ranked


def found(folder: Path, *rows: dict[str, object]) -> dict[str, tuple[int, str]]:
    return {fault.name: (fault.rows, fault.first) for fault in faults(benchmark(folder, *rows))}


def test_a_clean_benchmark_has_none(tmp_path: Path) -> None:
    assert not found(tmp_path, pair("a", "b"), pair("b", "c"), pair("a", "c"))


def test_an_id_of_two_pictures_is_double(tmp_path: Path) -> None:
    rows = pair("a", "b"), pair("a", "b", image="mcq/2.png"), pair("a", "b", "two")
    assert found(tmp_path, *rows) == {"double_ids": (2, "pairs.jsonl, line 1, id one")}


def test_an_id_of_two_questions_is_double(tmp_path: Path) -> None:
    assert found(tmp_path, pair("a", "b"), pair("c", "d", prompt="Where?"))["double_ids"][0] == 2


def test_an_id_that_names_rows_is_double_in_two_rows(tmp_path: Path) -> None:
    rows = ranked("a", "b", [0, 1], "mathverse_1063"), ranked("c", "d", [1, 0], "mathverse_1063")
    assert found(tmp_path, *rows) == {"double_ids": (2, "pairs.jsonl, line 1, id mathverse_1063")}


def test_opposite_labels_of_a_prompt_contradict(tmp_path: Path) -> None:
    rows = pair("a", "b"), pair("b", "a"), pair("a", "c")
    assert found(tmp_path, *rows) == {"contradictory": (2, "pairs.jsonl, line 1, id one")}


def test_labels_in_a_circle_contradict(tmp_path: Path) -> None:
    rows = pair("a", "b"), pair("b", "c"), pair("c", "a"), pair("a", "d")
    assert found(tmp_path, *rows)["contradictory"][0] == 3


def test_opposite_labels_of_two_prompts_do_not_meet(tmp_path: Path) -> None:
    assert not found(tmp_path, pair("a", "b"), pair("b", "a", "two"))


def test_one_answer_on_both_sides_and_a_repeated_row_are_named(tmp_path: Path) -> None:
    rows = pair("a", "b"), pair("a", "b"), pair("c", "c")
    assert found(tmp_path, *rows) == {
        "same_answer": (1, "pairs.jsonl, line 3, id one"),
        "repeated": (1, "pairs.jsonl, line 2, id one"),
    }


def test_a_prompt_that_no_order_agrees_with_is_known(tmp_path: Path) -> None:
    read = benchmark(
        tmp_path, pair("a", "b"), pair("b", "a"), pair("a", "b", "two"), pair("c", "c", "three")
    )
    assert contradicted_prompts(read.pairs) == {0, 2}
