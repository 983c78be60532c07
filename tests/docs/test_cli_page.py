"""docs/cli.md names every command, argument and option there is, and none that is not."""

import re
from typing import Any

import pytest

from scripts import write_docs
from scripts.cli_docs import every_command
from tests.support.cli import curate
from tests.support.workspaces import Bench

COMMANDS: dict[str, Any] = every_command()
TEXT = write_docs.CLI_TARGET.read_text(encoding="utf-8")


def section(name: str) -> str:
    """What the page says of one command."""
    return TEXT.split(f"### {name}\n")[1].split("\n### ")[0]


def test_the_commands_of_the_page_are_fresh() -> None:
    assert write_docs.cli_page(TEXT) == TEXT, "run: make docs"


def test_every_command_has_a_section_and_no_other() -> None:
    assert re.findall(r"^### (.+)$", TEXT, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_on_the_page(name: str) -> None:
    common = TEXT.split("## What holds for every command")[1].split("\n## ")[0]
    for parameter in COMMANDS[name].params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            said = section(name) + common
            assert any(re.search(rf"`{option}[ `]", said) for option in parameter.opts)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_is_on_the_page_with_its_meaning(name: str) -> None:
    for parameter in COMMANDS[name].params:
        if parameter.param_type_name == "argument":
            assert f"| `{parameter.metavar}` | {parameter.help}" in section(name)


def test_every_exit_code_is_on_the_page() -> None:
    assert re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE) == ["0", "1", "2", "3", "130"]


@pytest.mark.parametrize("name", ["route", "build", "status", "doctor", "sql", "show", "export"])
def test_the_keys_on_the_page_are_those_of_the_object(name: str, built: Bench) -> None:
    given = {"sql": ["from pairs"], "show": [built.prompts["How many cups?"].prompt_id]}
    found = curate(name, *given.get(name, []), "-C", built.root, "--json").json
    (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", TEXT, re.MULTILINE)
    known = set(re.findall(r"`(\w+)`", re.sub(r"\{name: \{.*|\[\{.*?\}\]", "", row)))
    assert known == set(found)
