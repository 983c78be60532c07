"""Laws of every build, on random workspaces."""

from collections.abc import Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from curate.build import BuildReport, build
from schemas.event import Event
from tests.support.random_votes import fill, settings_of
from tests.support.workspaces import NOW, Bench, five, rows, seal

TABLES = ("pairs", "ties", "scores", "dropped")
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
SEEDS = given(seed=st.integers(0, 2**32))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laws")


def tables(report: BuildReport) -> dict[str, bytes]:
    return {name: (report.folder / f"{name}.parquet").read_bytes() for name in TABLES}


def random_bench(root: str, seed: int, prompts: int = 20) -> tuple[Bench, list[str]]:
    bench, random = Bench(Path(root)), Random(seed)
    fill(bench, random, prompts)
    return bench, settings_of(random)[0]


@settings(max_examples=4, phases=NO_SHRINKING)
@SEEDS
def test_the_order_of_lines_and_journals_does_not_matter(folder: Path, seed: int) -> None:
    """Shuffled lines over two journals, one of them sealed: the same bytes."""
    with TemporaryDirectory(dir=folder) as root:
        bench, overrides = random_bench(root, seed)
        first = tables(bench.build(*overrides))
        Random(seed).shuffle(bench.events)
        cut = len(bench.events) // 2
        late, bench.events = bench.events[cut:], bench.events[:cut]
        workspace = bench.write(*overrides)
        seal(workspace.annotations / "votes.jsonl").rename(workspace.annotations / "a.parquet")
        bench.events = late
        workspace = bench.write(*overrides)
        assert tables(build(workspace, now=NOW)) == first


@settings(max_examples=4, phases=NO_SHRINKING)
@SEEDS
def test_two_builds_are_byte_identical(folder: Path, seed: int) -> None:
    with TemporaryDirectory(dir=folder) as root:
        bench, overrides = random_bench(root, seed)
        first = tables(bench.build(*overrides))
        assert tables(bench.build(*overrides, force=True)) == first


def renamed(event: Event) -> Event:
    rater = event.rater.model_copy(update={"id": f"{event.rater.id[::-1]}-renamed"})
    return event.model_copy(update={"rater": rater})


def without_names(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("source", "rationales")}


@settings(max_examples=4, phases=NO_SHRINKING)
@SEEDS
def test_renaming_raters_changes_nothing(folder: Path, seed: int) -> None:
    with TemporaryDirectory(dir=folder) as root:
        bench, overrides = random_bench(root, seed)
        first = bench.build(*overrides)
        bench.events = [renamed(event) for event in bench.events]
        second = bench.build(*overrides)
        for name in ("pairs", "ties", "scores"):
            assert rows(second, name) == rows(first, name)
        assert list(map(without_names, rows(second, "dropped"))) == list(
            map(without_names, rows(first, "dropped"))
        )


SUMS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=4)


@settings(max_examples=4, phases=NO_SHRINKING)
@given(prompts=st.lists(SUMS, min_size=16, max_size=32))
def test_swapping_the_scores_of_two_answers_flips_the_preference(
    folder: Path, prompts: list[list[tuple[int, int]]]
) -> None:
    with TemporaryDirectory(dir=folder) as root:
        bench = Bench(Path(root))
        for number, votes in enumerate(prompts):
            for one, other in (("a", "b"), ("b", "a")):
                text = f"{number}{one}"
                bench.prompt(text, "a", "b")
                for rater, (x, y) in enumerate(votes):
                    scores = {one: five(x), other: five(y)}
                    bench.vote(text, f"human:{rater}", scores)
        report = bench.build("pairs.min_margin=1")
        found = {_question(row): row for row in rows(report, "pairs")}
        ties = {_question(row) for row in rows(report, "ties")}
        for number in range(len(prompts)):
            given_, swapped = f"{number}a", f"{number}b"
            assert (given_ in found) == (swapped in found)
            assert (given_ in ties) == (swapped in ties)
            if given_ in found:
                row, flipped = found[given_], found[swapped]
                assert row["chosen"] == flipped["rejected"]
                for name in ("margin_raw", "margin", "agreement"):
                    assert row[name] == flipped[name]


def _question(row: Mapping[str, Any]) -> str:
    return str(row["messages"][0]["parts"][-1]["text"])
