"""Which prompts a run is about."""

from pathlib import Path
from typing import Any

import pytest

from curate.sampling.chosen import Selection, chosen
from curate.selecting.stage import Order, select
from curate.workspace import Workspace
from schemas.errors import ConfigError
from tests.support.cli import curate
from tests.support.sampling import asking
from tests.support.selecting import quiet

NAMES = ("one", "two", "three", "answered")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    rows: list[Any] = [{"prompt": name, "attributes": {"size": str(len(name))}} for name in NAMES]
    rows[-1]["responses"] = [{"text": "Yes.", "model": "m"}]
    return asking(tmp_path, *rows)


def words(workspace: Workspace, **selection: Any) -> list[str]:
    with chosen(workspace, Selection(**selection)) as engine:
        rows = [row for batch in engine.batches("sample/prompts") for row in batch.to_pylist()]
    return [row["messages"][0]["parts"][0]["text"] for row in rows]


def test_prompts_with_answers_from_elsewhere_are_left_out(workspace: Workspace) -> None:
    assert set(words(workspace)) == {"one", "two", "three"}


def test_every_prompt_can_be_taken(workspace: Workspace) -> None:
    assert set(words(workspace, only_missing=False)) == set(NAMES)


def test_a_predicate_chooses_by_the_columns_of_a_prompt_filter(workspace: Workspace) -> None:
    found = words(workspace, where="question like 't%' and attributes['size'] = '5'")
    assert found == ["three"]


def test_a_limit_takes_the_first_ones_by_id(workspace: Workspace) -> None:
    assert words(workspace, limit=2) == words(workspace)[:2]


def test_the_limit_is_of_those_that_the_predicate_leaves(workspace: Workspace) -> None:
    assert words(workspace, where="question = 'two'", limit=1) == ["two"]


@pytest.mark.parametrize(
    "where", ["colour = 1", "true) union (select 1", "", "1 = 1; select 1", "random() < 0.5"]
)
def test_what_is_no_predicate_is_refused(workspace: Workspace, where: str) -> None:
    with pytest.raises(ConfigError, match="--where"):
        words(workspace, where=where)


def test_a_misspelt_column_is_told_with_the_columns_there_are(workspace: Workspace) -> None:
    with pytest.raises(
        ConfigError, match=r"--where 'quest = 1': .*of a prompt: prompt_id, messages"
    ):
        words(workspace, where="quest = 1")


def test_a_predicate_reads_no_file(workspace: Workspace, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", "utf-8")
    with pytest.raises(ConfigError, match="--where"):
        words(workspace, where=f"exists (select 1 from '{secret}')")


def test_only_selected_prompts_are_taken_and_a_line_says_so(workspace: Workspace) -> None:
    select(workspace, Order(2, draw="uniform"), quiet)
    ids = set(workspace.frame("selected")["prompt_id"])
    with chosen(workspace, Selection(only_missing=False)) as engine:
        rows = [row for batch in engine.batches("sample/prompts") for row in batch.to_pylist()]
    assert {row["prompt_id"] for row in rows} == ids
    options = ("--model", "m@http://127.0.0.1:9", "--all", "--dry-run", "-C", workspace.root)
    assert "2 of 4 prompts are selected; the others are left out." in curate("sample", *options).out
    assert curate("sample", *options, "--json").json["selected"] == 2


def test_a_workspace_without_pulls_has_no_prompt(tmp_path: Path) -> None:
    (tmp_path / "curate.toml").write_text("", "utf-8")
    assert words(Workspace.open(tmp_path)) == []
