"""A model's scores find their pairs, or the file is refused with the place."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from annotate.quality.accuracy import RIGHT, TIE, UNSCORED, WRONG
from curate.benching.benchmark import Benchmark, read_benchmark
from curate.benching.scores_file import digest_of, read_scores
from curate.benching.scores_match import Matched, matched
from schemas.errors import SourceError
from tests.support.benches import benchmark, pair, ranked, write_rows
from tests.support.workspaces import Bench


@pytest.fixture
def three(tmp_path: Path) -> Benchmark:
    """Two prompts: a > b, a > c, and d > e."""
    return benchmark(tmp_path, pair("a", "b"), pair("a", "c"), pair("d", "e", "two"))


def of(read: Benchmark, folder: Path, *rows: dict[str, Any]) -> Matched:
    return matched(read, read_scores(str(write_rows(folder / "scores.jsonl", *rows))))


def refusal(read: Benchmark, folder: Path, *rows: dict[str, Any]) -> str:
    with pytest.raises(SourceError) as error:
        of(read, folder, *rows)
    return str(error.value)


def test_rewards_beside_the_benchmarks_own_rows_are_found_by_id_and_texts(
    three: Benchmark, tmp_path: Path
) -> None:
    """As MM-RLHF's evaluation writes them, here in another order."""
    rows = [
        pair("d", "e", "two", rewards=[0.1, 0.2]),
        pair("a", "c", rewards=[-1.5, -1.5]),
        pair("a", "b", rewards=[3, 2]),
    ]
    found = of(three, tmp_path, *rows)
    assert (found.outcomes, found.by) == ([RIGHT, TIE, WRONG], "id and texts")


@pytest.mark.parametrize(
    "names",
    [
        ("chosen_score", "rejected_score"),
        ("chosen_reward", "rejected_reward"),
        ("score_chosen", "score_rejected"),
        ("chosen", "rejected"),
    ],
)
def test_two_scores_a_row_may_stand_in_the_benchmarks_order(
    three: Benchmark, tmp_path: Path, names: tuple[str, str]
) -> None:
    scores = [(1, 0), (0, 1), (2, 2)]
    found = of(three, tmp_path, *(dict(zip(names, two, strict=True)) for two in scores))
    assert (found.outcomes, found.by) == ([RIGHT, WRONG, TIE], "order")


def test_rows_in_order_must_be_as_many_as_the_pairs(three: Benchmark, tmp_path: Path) -> None:
    said = refusal(three, tmp_path, {"chosen_score": 1, "rejected_score": 0})
    assert "1 scored row for 3 pairs" in said


def test_rows_in_order_must_have_the_benchmarks_ids(three: Benchmark, tmp_path: Path) -> None:
    rows = [{"id": name, "chosen_score": 1, "rejected_score": 0} for name in ("one", "two", "one")]
    assert "line 2: id 'two' where the benchmark has 'one'" in refusal(three, tmp_path, *rows)


def test_an_id_that_names_a_row_finds_it_in_any_order(tmp_path: Path) -> None:
    read = benchmark(tmp_path, ranked("A", "B", [0, 1], "x"), ranked("C", "D", [1, 0], "y"))
    rows = [
        {"id": "y", "chosen_score": 1, "rejected_score": 2},
        {"id": "x", "chosen_score": 2, "rejected_score": 1},
    ]
    found = of(read, tmp_path, *rows)
    assert (found.outcomes, found.by) == ([RIGHT, WRONG], "id")


def test_pair_ids_find_the_pairs_of_a_build(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "workspace")
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3, "One.": 0})
    path = bench.build("pairs.policy=all-ranked").folder / "pairs.parquet"
    ids = pq.read_table(path).column("pair_id").to_pylist()
    rows = [{"pair_id": name, "chosen_score": 1, "rejected_score": 0} for name in reversed(ids)]
    found = of(read_benchmark(str(path)), tmp_path, *rows[:2])
    assert (found.outcomes, found.by) == ([UNSCORED, RIGHT, RIGHT], "pair_id")


def test_candidate_ids_find_the_answers_of_a_build(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "workspace")
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3})
    path = bench.build().folder / "pairs.parquet"
    [row] = pq.read_table(path).select(["prompt_id", "chosen_id", "rejected_id"]).to_pylist()
    rows = [
        {"prompt_id": row["prompt_id"], "candidate_id": row["chosen_id"], "score": 0.25},
        {"prompt_id": row["prompt_id"], "candidate_id": row["rejected_id"], "score": 0.75},
    ]
    assert of(read_benchmark(str(path)), tmp_path, *rows).outcomes == [WRONG]


@pytest.mark.parametrize("by_text", [True, False])
def test_scores_of_answers_are_found_by_id_and_text(
    three: Benchmark, tmp_path: Path, *, by_text: bool
) -> None:
    scores = {("one", "a"): 3, ("one", "b"): 1, ("one", "c"): 3, ("two", "d"): 0, ("two", "e"): 9}
    rows = [
        {
            "id": name,
            "score": score,
            **({"response": text} if by_text else {"response_sha256": digest_of(text)}),
        }
        for (name, text), score in scores.items()
    ]
    found = of(three, tmp_path, *rows)
    assert (found.outcomes, found.by) == ([RIGHT, TIE, WRONG], "answer")


def test_a_score_that_is_missing_leaves_its_pairs_unscored(
    three: Benchmark, tmp_path: Path
) -> None:
    rows = [{"id": "one", "response": "a", "score": 3}, {"id": "one", "response": "b", "score": 1}]
    assert of(three, tmp_path, *rows).outcomes == [RIGHT, UNSCORED, UNSCORED]
    nulls = [pair("a", "b", rewards=[None, 1]), pair("a", "c", rewards=[2, 1])]
    assert of(three, tmp_path, *nulls).outcomes == [UNSCORED, RIGHT, UNSCORED]


def test_what_is_about_no_pair_is_counted(three: Benchmark, tmp_path: Path) -> None:
    rows = [pair("a", "b", rewards=[1, 0]), pair("a", "z", rewards=[1, 0])]
    assert of(three, tmp_path, *rows).strangers == 1


def test_a_file_about_another_benchmark_is_refused(three: Benchmark, tmp_path: Path) -> None:
    said = refusal(three, tmp_path, pair("x", "y", rewards=[1, 0]))
    assert "none of 1 scored rows is about a pair of the benchmark" in said


def test_a_pair_scored_twice_is_refused_with_both_places(three: Benchmark, tmp_path: Path) -> None:
    rows = [pair("a", "b", rewards=[1, 0]), pair("a", "c", rewards=[1, 0])]
    said = refusal(three, tmp_path, *rows, rows[0])
    assert "scores.jsonl, line 1 and" in said
    assert "line 3 score the same pair" in said


def test_an_answer_scored_twice_is_refused(three: Benchmark, tmp_path: Path) -> None:
    row = {"id": "one", "response": "a", "score": 3}
    assert "line 2 score the same answer" in refusal(three, tmp_path, row, row)


def test_a_preference_that_stands_twice_may_be_scored_once_or_twice(tmp_path: Path) -> None:
    read = benchmark(tmp_path, pair("a", "b"), pair("a", "b"))
    once = pair("a", "b", rewards=[1, 0])
    assert of(read, tmp_path, once).outcomes == [RIGHT, RIGHT]
    assert of(read, tmp_path, once, pair("a", "b", rewards=[0, 1])).outcomes == [RIGHT, WRONG]


@pytest.mark.parametrize("score", ["nan", "inf", "-inf", "good", True, [1], "1e400"])
def test_what_is_no_finite_number_is_refused_with_its_line(
    three: Benchmark, tmp_path: Path, score: object
) -> None:
    said = refusal(three, tmp_path, {"chosen_score": score, "rejected_score": 0})
    assert "scores.jsonl, line 1: chosen_score is" in said
    assert "not a finite number" in said


def test_a_row_without_scores_names_what_is_looked_for(three: Benchmark, tmp_path: Path) -> None:
    said = refusal(three, tmp_path, {"id": "one", "verdict": "A"})
    assert "line 1: no scores: a pair has chosen_score and rejected_score" in said


def test_a_line_that_is_no_json_is_refused(three: Benchmark, tmp_path: Path) -> None:
    path = tmp_path / "scores.jsonl"
    path.write_text('{"chosen_score": 1, "rejected_score": 0}\n{"chosen\n', "utf-8")
    with pytest.raises(SourceError, match="line 2"):
        matched(three, read_scores(str(path)))


def test_rows_of_both_kinds_are_refused(three: Benchmark, tmp_path: Path) -> None:
    rows = [pair("a", "b", rewards=[1, 0]), {"id": "one", "response": "a", "score": 3}]
    assert "rows with one score and rows with two" in refusal(three, tmp_path, *rows)


def test_csv_and_parquet_say_the_same_as_json(three: Benchmark, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text("chosen_score,rejected_score\n1,0\n0,1.5\n2,2\n", "utf-8")
    table = pa.table({"chosen_score": [1.0, 0.0, 2.0], "rejected_score": [0.0, 1.5, 2.0]})
    pq.write_table(table, tmp_path / "scores.parquet")
    for name in ("scores.csv", "scores.parquet"):
        found = matched(three, read_scores(str(tmp_path / name)))
        assert found.outcomes == [RIGHT, WRONG, TIE]


def test_numbers_that_differ_in_the_last_digit_are_no_tie(three: Benchmark, tmp_path: Path) -> None:
    text = json.dumps(pair("a", "b", rewards=[0.1 + 0.2, 0.3]))
    assert of(three, tmp_path, json.loads(text)).outcomes[0] == RIGHT


def test_texts_that_two_prompts_share_need_ids(tmp_path: Path) -> None:
    read = benchmark(tmp_path, pair("A", "B"), pair("A", "B", "two"))
    row = {"chosen": "A", "rejected": "B", "rewards": [1, 0]}
    assert "about 2 pairs of several prompts" in refusal(read, tmp_path, row)
    other = {**row, "rewards": [0, 1]}
    assert of(read, tmp_path, row, other).outcomes == [RIGHT, WRONG]


def test_an_answer_that_no_encoding_has_is_scored_like_another(tmp_path: Path) -> None:
    read = benchmark(tmp_path, pair("a\ud800", "b"))
    rows = [{"response": "a\ud800", "score": 2}, {"response": "b", "score": 1}]
    assert of(read, tmp_path, *rows).outcomes == [RIGHT]
