"""docs/benchmarks.md: its run of the demo, its words and its example are what the command does."""

import re
import textwrap
from pathlib import Path

import pytest

from annotate.quality.accuracy import accuracy
from curate.benching.faults import ABOUT
from curate.benching.stage import WORDS
from curate.demo import demo
from schemas.intervals import wilson
from tests.support.chromium import aside
from tests.support.cli import curate
from tests.support.workspaces import NOW, Bench

FAULTS = ("disputed", "cycle", "no_pairs", "several_turns", "pictures_and_videos", "mark_in_text")


@pytest.fixture(scope="module")
def text(repo_root: Path) -> str:
    return (repo_root / "docs" / "benchmarks.md").read_text("utf-8")


def test_the_run_on_the_page_is_a_run_of_the_demo(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "pairwright-demo"
    with aside():
        demo(folder, now=NOW)
    assert curate("bench", "make", "--per-category", "5", "-C", folder).code == 0
    ran = curate("bench", "judge", folder / "bench", "-C", folder)
    block = text.partition("<!-- demo: the test runs these -->")[2].partition("Both the demo's")[0]
    assert ran.out.strip() == textwrap.dedent(block).strip()


def test_every_judge_and_every_fault_is_on_the_page(text: str) -> None:
    assert all(f"`{word}`" in text for word in (*WORDS, *ABOUT, *FAULTS))


@pytest.mark.parametrize("name", ["bench", "bench make"])
def test_the_keys_on_the_command_page_are_those_of_the_object(
    name: str, built: Bench, repo_root: Path
) -> None:
    page = (repo_root / "docs" / "cli.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", page, re.MULTILINE)
    named = row.partition("With `--dry-run`")[0]
    known = set(re.findall(r"`(\w+)`", re.sub(r"\{[^{}]*\}|\([^()]*\)", "", named)))
    made = curate("bench", "make", "--per-category", "1", "-C", built.root, "--json")
    found = (
        made if name == "bench make" else curate("bench", "longer", built.root / "bench", "--json")
    )
    assert known == set(found.json)


def test_the_example_and_the_interval_are_right(text: str) -> None:
    found = accuracy([1] * 5 + [-1], [0, 0, 0, 1, 1, 1])
    assert (round(found.acc.value * 6), found.acc_plus.value) == (5, 0.5)
    low, high = wilson(1, 6)
    assert f"[{low:.3f}, {high:.3f}]" in text
