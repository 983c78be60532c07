"""`curate select` as a user meets it."""

from pathlib import Path
from typing import get_args

import pytest

from curate.commands.select import Draw
from schemas.select import DrawName
from tests.support.cli import curate
from tests.support.selecting import rows, typed
from tests.support.workspaces import Bench

KEYS = {
    *("prompts", "wanted", "selected", "draw", "by_type", "by_basis", "embeddings", "dimensions"),
    *("clusters", "without_embedding", "path", "warnings"),
}


@pytest.fixture
def workspace(bench: Bench) -> Path:
    typed(bench, short=20, long=10, mcq=2)
    return bench.write().root


def test_programs_get_one_object(workspace: Path) -> None:
    ran = curate("select", "-n", "16", "--ratio", "long=4,short=3,mcq=1", "-C", workspace, "--json")
    found = ran.json
    assert set(found) == KEYS
    assert found["by_type"]["long"] == {"there": 10, "wanted": 8, "taken": 8, "short": 0}
    assert (found["selected"], found["wanted"], found["prompts"]) == (16, 16, 32)
    assert found["path"] == str(workspace / "selected.parquet")


def test_people_get_a_table_what_was_drawn_how_and_what_comes_next(workspace: Path) -> None:
    ran = curate("select", "-n", "10", "--ratio", "mcq=1,short=1", "-C", workspace)
    assert ran.code == 0
    assert "8 of 32 prompts selected, written to" in ran.out
    assert ["mcq", "2", "4", "2", "2"] in [line.split() for line in ran.out.splitlines()]
    assert "spread evenly over clusters" in ran.out
    assert "perceptual features, 256 dimensions" in ran.out
    assert "Next: curate sample" in ran.out
    assert ran.err == "warning: mcq: 4 wanted, 2 there; nothing was filled in for the rest\n"


def test_settings_come_from_the_file_and_options_go_before_them(workspace: Path) -> None:
    config = "[select]\nn = 8\ndraw = 'uniform'\nratio = { long = 1 }\n"
    (workspace / "curate.toml").write_text(config, "utf-8")
    assert curate("select", "-C", workspace, "--json").json["draw"] == "uniform"
    found = curate("select", "-n", "3", "--draw", "diversity", "-C", workspace, "--json").json
    assert (found["draw"], found["selected"]) == ("diversity", 3)
    found = curate("select", "--set", "select.n=5", "-C", workspace, "--json").json
    assert found["selected"] == 5


def test_a_dry_run_writes_nothing(workspace: Path) -> None:
    ran = curate("select", "-n", "5", "--dry-run", "-C", workspace)
    assert "5 of 32 prompts selected, nothing written." in ran.out
    assert "Next:" not in ran.out
    assert not (workspace / "selected.parquet").exists()


def test_a_selection_is_taken_away_again(workspace: Path) -> None:
    curate("select", "-n", "5", "-C", workspace)
    assert len(rows(workspace)) == 5
    assert "every prompt counts again" in curate("select", "--clear", "-C", workspace).out
    assert curate("select", "--clear", "-C", workspace, "--json").json == {"cleared": False}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "how many prompts is not said; give -n N, or n in [select]"),
        (("-n", "5", "--ratio", "long"), "--ratio 'long': 'long' is no TYPE=WEIGHT"),
        (("-n", "5", "--ratio", "long=1,long=2"), "'long=2' is no TYPE=WEIGHT"),
        (("-n", "5", "--ratio", "lang=1"), "--ratio lang: Input should be 'mcq', 'long'"),
        (("-n", "5", "--ratio", "long=-1"), "--ratio long: Input should be greater"),
        (("-n", "5", "--ratio", "long=x"), "--ratio long: Input should be a valid number"),
        (("-n", "5", "--ratio", "long=nan"), "--ratio long: Input should be"),
        (("-n", "5", "--ratio", "long=0"), "every task type has weight 0"),
        (("-n", "5", "--draw", "best"), "'best' is not one of 'clusters', 'diversity'"),
        (("-n", "0"), "-n"),
    ],
)
def test_wrong_usage_is_one_line_with_the_fix(
    workspace: Path, options: tuple[str, ...], said: str
) -> None:
    ran = curate("select", *options, "-C", workspace)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


def test_embeddings_that_name_nothing_are_one_line(workspace: Path) -> None:
    ran = curate("select", "-n", "5", "--embeddings", "clip", "-C", workspace)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error: embeddings 'clip' are of no known kind; give column:NAME")


def test_the_option_names_every_draw() -> None:
    assert get_args(Draw) == get_args(DrawName)
