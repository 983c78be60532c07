"""docs/architecture.md: what it names is there, and an answer goes through the steps it says."""

import re
from pathlib import Path

import pytest

from curate.sqlfiles import statement
from curate.steps import AUDITS, PLAN


@pytest.fixture(scope="module")
def text(repo_root: Path) -> str:
    return (repo_root / "docs" / "architecture.md").read_text("utf-8")


def test_every_file_and_folder_that_it_names_is_there(text: str, repo_root: Path) -> None:
    rooms = "schemas|annotate|curate|export|align"
    named = re.findall(rf"`((?:{rooms})/[\w/]*(?:\.py|/|(?<=sql)))`", text)
    assert len(named) > 30
    assert not [name for name in named if not (repo_root / name).exists()]


def test_every_statement_that_it_names_is_there(text: str, repo_root: Path) -> None:
    folders = "|".join(path.name for path in (repo_root / "curate" / "sql").iterdir())
    named = re.findall(rf"`((?:{folders})/[\w-]+)`", text)
    assert len(named) > 40
    assert all(statement(name) for name in named)
    assert set(AUDITS) <= set(named)


def test_its_steps_are_those_of_a_build_in_their_order(text: str) -> None:
    rows = text.split("| step | statements")[1].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    told = [row.split("|")[1].strip() for row in rows]
    assert [name for name in told if name] == [step.name for step in PLAN]
