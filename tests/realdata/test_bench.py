"""MM-RLHF-RewardBench under the baselines, and under scores that are known."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.benches import write_rows
from tests.support.cli import curate

pytestmark = pytest.mark.realdata
PAIRS = {"mcq": 42, "long": 37, "short": 34, "safety": 32, "video": 25}
PROMPTS = {"mcq": 10, "long": 10, "short": 10, "safety": 6, "video": 10}


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "mm-reward-bench"


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "mm_reward_bench.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def bench(judge: str | Path, folder: Path, *arguments: str) -> Any:
    ran = curate("bench", judge, folder, *arguments, "--json")
    assert ran.code == 0, ran
    return ran.json


def test_the_longer_answer_reaches_what_was_counted_by_hand(folder: Path) -> None:
    found = bench("longer", folder)
    assert (found["pairs"], found["prompts"]) == (170, 46)
    assert (found["right"], found["whole"], found["ties"]) == (122, 22, 2)
    assert (round(found["acc"], 3), round(found["acc_plus"], 3)) == (0.718, 0.478)
    assert {name: part["pairs"] for name, part in found["by_category"].items()} == PAIRS
    assert {name: part["prompts"] for name, part in found["by_category"].items()} == PROMPTS


def test_nothing_of_it_is_doubtful_or_unread(folder: Path) -> None:
    found = bench("longer", folder)
    assert (found["faults"], found["unread"]) == ({}, {})


def test_it_is_known_by_its_content_wherever_its_rows_stand(
    folder: Path, rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    published = bench("longer", folder)["published"]
    assert published["GPT-4o"] == {"acc": 0.74, "acc_plus": 0.5}
    turned = write_rows(tmp_path / "pairs.jsonl", *reversed(rows))
    assert bench("longer", turned)["published"] == published
    fewer = write_rows(tmp_path / "fewer.jsonl", *rows[1:])
    assert bench("longer", fewer)["published"] == {}


def test_a_coin_reaches_about_a_half(folder: Path) -> None:
    found = bench("coin", folder)
    assert found["acc"] == pytest.approx(0.5, abs=0.12)
    assert found["baselines"]["coin"]["acc"] == 0.5
    low, high = found["intervals"]["acc"]
    assert low < 0.5 < high


@pytest.mark.parametrize(
    ("rewards", "acc", "acc_plus", "half"),
    [([1, 0], 1, 1, 1), ([1, 1], 0, 0, 0.5), ([0, 1], 0, 0, 0)],
)
def test_scores_that_are_known_reach_what_is_known(
    folder: Path,
    rows: list[dict[str, Any]],
    tmp_path: Path,
    rewards: list[int],
    acc: float,
    acc_plus: float,
    half: float,
) -> None:
    """In the form the released evaluation writes, in another order."""
    scored = [{**row, "rewards": rewards, "critic": []} for row in reversed(rows)]
    found = bench(write_rows(tmp_path / "result.jsonl", *scored), folder)
    assert (found["acc"], found["acc_plus"], found["ties_half"]) == (acc, acc_plus, half)


def test_a_benchmark_made_of_it_has_its_pairs_again(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    assert curate("init", root, "--preset", "mm-rlhf").code == 0
    assert curate("pull", folder, "-C", root, "--missing-media", "keep").code == 0
    made = curate("bench", "make", "--per-category", "10", "-C", root, "--json").json
    assert (made["pairs"], made["prompts"], made["left_out"]) == (170, 46, {})
    assert made["short"] == {"safety": 4}
    found, wanted = bench("longer", root / "bench"), bench("longer", folder)
    assert found["by_category"] == wanted["by_category"]
    named = 'decontaminate=[{name = "bench", path = "bench"}]'
    built = curate("build", "-C", root, "--set", named, "--json").json
    assert (built["pairs"], built["dropped"]["decontaminate"]["contaminated"]) == (0, 216)
