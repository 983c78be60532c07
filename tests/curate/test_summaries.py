import pytest

from curate.summaries import drop_rows
from curate.workspace import Workspace
from tests.support.cli import curate
from tests.support.workspaces import Bench


def test_drops_are_listed_by_step_and_reason() -> None:
    dropped = {"pair": {"c": 3}, "dedupe": {"d": 4}, "pull": {"b": 2, "a": 1}}
    assert drop_rows(dropped) == [
        ("pull", "a", 1),
        ("pull", "b", 2),
        ("dedupe", "d", 4),
        ("pair", "c", 3),
    ]


def test_a_build_says_what_came_out_and_what_left(bench: Bench) -> None:
    bench.sums("How many?", {"Three.": 12, "Two.": 3, "Four.": 4})
    bench.write()
    ran = curate("build", "-C", bench.root)
    assert "1 pair and 0 ties from 3 answers to 1 prompt (mllm-dpo)." in ran.out
    assert "below_margin" in ran.out


def test_an_unchanged_build_says_so(built: Bench) -> None:
    assert curate("build", "-C", built.root).out.startswith("Unchanged ")
    assert curate("build", "-C", built.root, "--force").out.startswith("Built ")
    assert curate("build", "-C", built.root, "--json").json["unchanged"] is True


def test_a_build_without_votes_gives_no_pair_and_exits_with_0(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.write()
    ran = curate("build", "-C", bench.root, "--json")
    assert (ran.code, ran.json["pairs"]) == (0, 0)
    assert "no pair came out" in ran.err


def test_strict_fails_where_there_is_a_warning(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.write()
    ran = curate("build", "-C", bench.root, "--strict")
    assert ran.code == 1
    assert ran.err.startswith("error: --strict: no pair came out")


def test_raters_who_contradict_themselves_are_named(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.vote("How many?", "human:anna", {"Three.": 4, "Two.": 0}, [["Two."], ["Three."]])
    bench.write()
    ran = curate("build", "-C", bench.root)
    assert "Raters who contradict themselves" in ran.out
    assert "anna" in ran.out


@pytest.mark.parametrize("name", ["parquet", "trl", "native"])
def test_an_export_says_where_it_lies(name: str, built: Bench) -> None:
    ran = curate("export", "--format", name, "-C", built.root)
    folder = Workspace.open(built.root).root / "exports"
    assert ran.out.startswith(f"{name}: 1 row in ")
    assert str(folder) in ran.out


def test_what_an_export_refused_is_told_in_words_of_exports(bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.write()
    curate("build", "-C", bench.root)
    ran = curate("export", "--format", "best-of-n", "-C", bench.root)
    assert "no score by all the metrics that count" in ran.out
    assert "nobody voted" not in ran.out
