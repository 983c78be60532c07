"""`curate bench` as a user meets it: words for judges, tables, and errors of one line."""

import re
from pathlib import Path

import pytest

from tests.support.benches import pair, ranked, write_rows
from tests.support.cli import curate, process

FAULTY = (
    pair("a longer one", "b"),
    pair("b", "a longer one"),
    pair("same", "same", "\x1b[31mred\u202e", category="\x1b]0;title\x07"),
    {"id": 7},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_rows(tmp_path / "pairs.jsonl", pair("longer", "a"), pair("b", "longest", "two"))


def test_a_baseline_needs_no_workspace(path: Path, tmp_path: Path) -> None:
    ran = process("bench", "longer", path, cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith(
        "longer on pairs.jsonl: 1 of 2 pairs right, all pairs right in 1 of 2 prompts.\n"
    )


def test_the_tables_fit_a_terminal_of_100_columns(tmp_path: Path) -> None:
    names = ("hallucination", "general", "reasoning")
    rows = [
        pair(f"{n} longer", "a", f"{n}", category=names[n % 3], image=f"{n}.png")
        for n in range(300)
    ]
    ran = curate("bench", "longer", write_rows(tmp_path / "pairs.jsonl", *rows))
    assert max(map(len, ran.out.splitlines())) <= 100
    assert re.search(r"^all +300 +300 +1\.000 \[0\.987, 1\.000\]", ran.out, re.MULTILINE)


def test_the_object_has_the_keys_of_the_design(path: Path) -> None:
    found = curate("bench", "longer", path, "--json").json
    assert {
        *("pairs", "prompts", "acc", "acc_plus", "ties", "by_category", "baselines", "intervals"),
    } <= found.keys()
    assert found["baselines"].keys() == {"longer", "first", "coin"}
    assert found["baselines"]["first"] is None
    assert found["intervals"].keys() == {"acc", "acc_plus", "ties_half"}
    assert found["by_category"]["mcq"]["intervals"].keys() == found["intervals"].keys()


def test_the_first_answer_is_a_baseline_where_the_order_is_known(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "pairs.jsonl", ranked("A", "B", [0, 1]))
    found = curate("bench", "first", path, "--json").json
    assert found["acc"] == found["baselines"]["first"]["acc"] == 1.0


def test_faults_are_said_with_the_first_row(tmp_path: Path) -> None:
    ran = curate("bench", "longer", write_rows(tmp_path / "pairs.jsonl", *FAULTY))
    assert ran.code == 0
    assert "contradictory 2: " in ran.out
    assert "same_answer 1: " in ran.out
    assert "First: pairs.jsonl, line 3, id " in ran.out
    assert "Rows that are no pairs and are not counted: empty_prompt 1." in ran.out
    assert "3 pairs" in ran.out.splitlines()[0]


def test_hostile_ids_and_categories_steer_no_terminal(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "pairs.jsonl", *FAULTY)
    for arguments in (("longer", path), ("longer", path, "--json")):
        ran = curate("bench", *arguments)
        assert not set("\x1b\x07\u202e") & set(ran.out + ran.err)


def test_published_numbers_stand_beside_no_other_file(path: Path) -> None:
    assert curate("bench", "longer", path, "--json").json["published"] == {}


def test_a_file_of_scores_is_a_judge(path: Path, tmp_path: Path) -> None:
    rows = [{"chosen_score": 1, "rejected_score": 0}, {"chosen_score": 1, "rejected_score": 1}]
    ran = curate("bench", write_rows(tmp_path / "scores.jsonl", *rows), path, "--json")
    assert (ran.json["acc"], ran.json["ties"], ran.json["run"]["matched_by"]) == (0.5, 1, "order")


def test_an_unknown_judge_names_the_nearest_word(path: Path) -> None:
    ran = curate("bench", "longr", path)
    assert ran.code == 2
    assert ran.err == (
        "error: JUDGE 'longr' is no scores file that is there and no judge; "
        "did you mean 'longer'?\n"
    )


def test_a_dry_run_of_what_asks_nothing_is_wrong_usage(path: Path) -> None:
    assert curate("bench", "coin", path, "--dry-run").code == 2


@pytest.mark.parametrize("arguments", [(), ("longer",), ("longer", "a", "b"), ("make",)])
def test_wrong_usage_names_the_help_of_what_was_typed(arguments: tuple[str, ...]) -> None:
    ran = curate("bench", *arguments)
    assert ran.code == 2
    typed = "curate bench make" if arguments == ("make",) else "curate bench"
    assert f"({typed} --help says more)" in ran.err


def test_help_says_both_forms() -> None:
    assert "Usage: curate bench [OPTIONS] {JUDGE} {FILE}" in curate("bench", "--help").out
    assert "make" in curate("bench", "--help").out.split("Commands:")[1]
    assert "Usage: curate bench make [OPTIONS]" in curate("bench", "make", "--help").out


def test_a_file_named_make_is_reached_by_its_path(path: Path, tmp_path: Path) -> None:
    write_rows(tmp_path / "make.jsonl", *[{"chosen_score": 1, "rejected_score": 0}] * 2)
    assert curate("bench", f"{tmp_path}/make.jsonl", path, "--json").json["acc"] == 1.0
