"""Which pairs a file has, and which of them belong to one prompt."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.benching.benchmark import read_benchmark
from schemas.errors import SourceError
from tests.support.benches import benchmark, pair, ranked, write_rows
from tests.support.cli import curate
from tests.support.workspaces import Bench


def test_pairs_of_one_id_and_medium_are_one_prompt_whatever_they_ask(tmp_path: Path) -> None:
    found = benchmark(tmp_path, pair("a", "b"), pair("a", "c", prompt="And now?"))
    assert found.prompts == [0, 0]


def test_the_same_id_beside_another_picture_is_another_prompt(tmp_path: Path) -> None:
    found = benchmark(tmp_path, pair("a", "b"), pair("a", "c", image="mcq/other.png"))
    assert found.prompts == [0, 1]


def test_the_same_question_of_two_ids_is_two_prompts(tmp_path: Path) -> None:
    found = benchmark(
        tmp_path, pair("a", "b", "x", image="mcq/1.png"), pair("a", "b", "y", image="mcq/1.png")
    )
    assert found.prompts == [0, 1]


def test_without_ids_text_and_media_tell_prompts_apart(tmp_path: Path) -> None:
    rows = [
        {"prompt": "Which?", "chosen": "a", "rejected": "b"},
        {"prompt": "Which?", "chosen": "a", "rejected": "c"},
        {"prompt": "Where?", "chosen": "a", "rejected": "b"},
    ]
    assert benchmark(tmp_path, *rows).prompts == [0, 0, 1]


def test_category_is_said_or_the_first_folder_of_mm_rlhfs_medium(tmp_path: Path) -> None:
    found = benchmark(
        tmp_path,
        pair("a", "b"),
        pair("a", "b", "two", image=None, video="video/7"),
        pair("a", "b", "three", category="charts"),
    )
    assert [one.category for one in found.pairs] == ["mcq", "video", "charts"]
    assert found.categories == ["charts", "mcq", "video"]


def test_a_preference_set_of_messages_is_read_and_has_no_category(tmp_path: Path) -> None:
    user = {"role": "user", "content": "Which?"}
    row = {
        "prompt": [user],
        "chosen": [{"role": "assistant", "content": "This."}],
        "rejected": [{"role": "assistant", "content": "That."}],
    }
    [found] = benchmark(tmp_path, row).pairs
    assert (found.chosen, found.rejected, found.category) == ("This.", "That.", None)


def test_whole_conversations_are_taken_apart(tmp_path: Path) -> None:
    user = {"role": "user", "content": "Which?"}
    row = {
        side: [user, {"role": "assistant", "content": text}]
        for side, text in (("chosen", "This."), ("rejected", "That."))
    }
    [found] = benchmark(tmp_path, row).pairs
    assert (found.chosen, found.rejected) == ("This.", "That.")


@pytest.mark.parametrize(
    ("ranking", "chosen", "first"), [([0, 1], "A", True), ([1, 0], "B", False)]
)
def test_a_rank_of_0_is_the_preferred_answer(
    tmp_path: Path, ranking: list[int], chosen: str, *, first: bool
) -> None:
    [found] = benchmark(tmp_path, ranked("A", "B", ranking)).pairs
    assert (found.chosen, found.chosen_first) == (chosen, first)


def test_vl_rewardbench_is_read_from_the_hubs_parquet(tmp_path: Path) -> None:
    image = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    table = pa.table(
        {
            "id": ["RLHF-V-1", "mathverse_7-1"],
            "query": ["Which?", "What?"],
            "response": [["A", "B"], ["C", "D"]],
            "image": pa.array([{"bytes": b"x", "path": "1.jpg"}] * 2, image),
            "human_ranking": [[1, 0], [0, 1]],
            "query_source": ["COCO", None],
        }
    )
    pq.write_table(table, tmp_path / "test-00000.parquet")
    found = read_benchmark(str(tmp_path))
    assert [one.category for one in found.pairs] == ["hallucination", "reasoning"]
    assert [one.chosen for one in found.pairs] == ["B", "C"]


def test_a_row_that_is_no_preference_is_counted_and_not_read(tmp_path: Path) -> None:
    found = benchmark(
        tmp_path, ranked("A", "B", [0, 1]), ranked("A", "B", [0, 1]), ranked("A", "B", [0, 0])
    )
    assert (len(found.pairs), found.unread) == (2, {"bad_type": 1})


def test_one_text_on_both_sides_is_still_a_pair(tmp_path: Path) -> None:
    assert len(benchmark(tmp_path, pair("a", "b"), pair("same", "same")).pairs) == 2


def test_a_lone_surrogate_is_a_text_like_another(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps(pair("a\ud800", "b", "x\udfff")) + "\n", "ascii")
    assert read_benchmark(str(path)).pairs[0].chosen == "a\ud800"


def test_a_file_without_pairs_is_refused_with_what_is_looked_for(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="columns chosen and rejected, or query, response"):
        benchmark(tmp_path, {"question": "Which?", "answer": "This."})


def test_a_builds_own_pairs_are_a_benchmark(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "workspace")
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3, "One.": 0})
    report = bench.build("pairs.policy=all-ranked")
    found = read_benchmark(str(report.folder / "pairs.parquet"))
    assert (len(found.pairs), found.prompts) == (3, [0, 0, 0])
    assert found.prompt_keys == [bench.prompts["How many cups?"].prompt_id]


@pytest.mark.parametrize("name", ["trl", "parquet"])
def test_an_export_is_a_benchmark(tmp_path: Path, name: str) -> None:
    bench = Bench(tmp_path / "workspace")
    bench.sums("How many cups?", {"Three.": 12, "Two.": 3})
    bench.build("split.test=0")
    ran = curate("export", "--format", name, "--out", tmp_path / "out", "-C", bench.root)
    assert ran.code == 0
    [found] = read_benchmark(str(tmp_path / "out" / name)).pairs
    assert (found.chosen, found.rejected) == ("Three.", "Two.")


def test_files_of_a_folder_are_read_one_after_the_other(tmp_path: Path) -> None:
    write_rows(tmp_path / "b.jsonl", pair("c", "d", "two"))
    write_rows(tmp_path / "a.jsonl", pair("a", "b"))
    assert [one.chosen for one in read_benchmark(str(tmp_path)).pairs] == ["a", "c"]


@pytest.mark.parametrize("attributes", ["text", 3, ["x"], [[1, 2, 3]], {"category": ["a"]}])
def test_a_pair_of_a_build_with_odd_attributes_is_counted_and_no_more(
    tmp_path: Path, attributes: object
) -> None:
    text = {"type": "text", "text": "Which?"}
    row = {
        "pair_id": "p",
        "prompt_id": "q",
        "messages": [{"role": "user", "parts": [text]}],
        "media": [],
        "chosen": "a",
        "rejected": "b",
    }
    found = benchmark(tmp_path, {**row, "attributes": {"task_type": "count"}}, row)
    assert [pair.category for pair in found.pairs] == ["count", None]
    with_odd = benchmark(tmp_path, row, {**row, "attributes": attributes})
    assert (len(with_odd.pairs), with_odd.unread) == (1, {"bad_type": 1})
