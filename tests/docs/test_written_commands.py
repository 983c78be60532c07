"""Every command line, option and setting that a document names is one that the tool has."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.exceptions import TyperException

from curate.settings import parse
from schemas.config import Config
from schemas.errors import ConfigError
from scripts.cli_docs import every_command
from tests.support.documents import command_lines, inline, pages, settings, snippets, words_of

PAGES = pages(Path(__file__).resolve().parents[2])
COMMANDS: dict[str, Any] = every_command()
SECTIONS = set(Config.model_fields)
LINES = [(page, words) for page, text in PAGES.items() for words in command_lines(text)]
TOML = [(page, text) for page, whole in PAGES.items() for text in snippets(whole, SECTIONS)]
OF_OTHERS = {
    "docs/align.md": {"--tiny"},
    "docs/formats.md": {"--rlhf_type", "--model.margin_loss_enable"},
}
"""Options of other programs, by the page that names them without their program."""


class NotTakenError(AssertionError):
    """The tool would refuse what a page has its reader type."""


def commands_of(words: list[str]) -> tuple[list[Any], list[str]]:
    """(the command that is meant, or all of a group; the words after its name)."""
    for length in (3, 2, 1):
        name = " ".join(words[:length])
        if name in COMMANDS:
            return [COMMANDS[name]], words[length:]
        below = [it for typed, it in COMMANDS.items() if typed.startswith(f"{name} ")]
        if below and not (words[length:] and words[length].isidentifier()):
            return below, words[length:]
    raise NotTakenError(f"curate has no command {' '.join(words[:2])!r}")


def options_of(commands: list[Any]) -> set[str]:
    params = [it for command in commands for it in command.params]
    return {option for it in params for option in (*it.opts, *it.secondary_opts)} | {"--help"}


def check_line(words: list[str]) -> None:
    """Fail where the app would not take a command line, or the model not its `--set`."""
    (command, *more), rest = commands_of(words)
    if more:
        raise NotTakenError(f"curate {' '.join(words)}: names a group and no command")
    given = ["1" if word == "N" else word for word in rest]
    try:
        context = command.make_context(command.name, given)
        parse("", "the page", context.params.get("overrides") or [])
    except (TyperException, ConfigError) as error:
        raise NotTakenError(f"curate {' '.join(words)}: {error}") from error


def check_code(code: str) -> None:
    """Fail where a piece of code in a sentence names an option that its command does not have."""
    for words in words_of(code):
        if not words[0].isidentifier() and words[0] not in COMMANDS:
            continue  # `curate --help`, `curate ...`
        commands, rest = commands_of(words)
        named = {word.partition("=")[0] for word in rest if word.startswith("-")}
        if unknown := named - options_of(commands):
            raise NotTakenError(f"{code}: {', '.join(sorted(unknown))}")


def check_setting(section: str, key: str, value: str | None) -> None:
    """Fail where curate.toml has no such setting, or none with such a value."""
    if value is not None:
        parse(f"[{section}]\n{key} = {value}\n", "the page")
        return
    try:
        parse(f"[{section}]\n{key} = []\n", "the page")
    except ConfigError as error:
        if "unknown key" in str(error):
            raise NotTakenError(f"[{section}] {key}") from error


def test_there_is_something_to_check() -> None:
    assert len(LINES) > 100
    assert len(TOML) > 3


@pytest.mark.parametrize(("page", "words"), LINES, ids=[f"{at}-{' '.join(w)}" for at, w in LINES])
def test_the_app_takes_a_command_line(page: str, words: list[str]) -> None:
    assert page in PAGES
    check_line(words)


@pytest.mark.parametrize("page", PAGES)
def test_a_command_in_a_sentence_has_the_options_it_is_named_with(page: str) -> None:
    codes = list(inline(PAGES[page]))
    for code in codes:
        check_code(code)
    alone = {code.split()[0].partition("=")[0] for code in codes if code.startswith("--")}
    assert alone - OF_OTHERS.get(page, set()) <= options_of(list(COMMANDS.values()))


@pytest.mark.parametrize(("page", "text"), TOML, ids=[f"{p}-{t.split()[0]}" for p, t in TOML])
def test_a_piece_of_curate_toml_is_valid(page: str, text: str) -> None:
    assert parse(text, page).rubric.metric


@pytest.mark.parametrize("page", PAGES)
def test_a_setting_in_a_sentence_is_one_of_the_model(page: str) -> None:
    found = list(settings(PAGES[page]))
    for section, key, value in found:
        check_setting(section, key, value)
    assert {section for section, *_ in found} <= SECTIONS


@pytest.mark.parametrize(
    "line",
    [
        "curate builds -C work",
        "curate build --fast -C work",
        "curate build --set pairs.polcy=all-ranked",
        "curate build --set pairs.policy=widest",
        "curate sample -n 4",
        "curate align -C work",
        "$ curate pull rows.jsonl -C work && curate build --no-such",
        "OPENAI_API_KEY=x .venv/bin/curate judge --orders many | tail -1",
    ],
)
def test_a_line_that_the_app_refuses_is_found(line: str) -> None:
    *_, words = words_of(line)
    with pytest.raises(NotTakenError):
        check_line(words)


@pytest.mark.parametrize("code", ["curate judge --dry", "curate label pulls", "curate x --json"])
def test_a_piece_of_code_with_a_wrong_name_is_found(code: str) -> None:
    with pytest.raises(NotTakenError):
        check_code(code)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [("pairs", "polcy", None), ("pairs", "policy", '"widest"'), ("score", "calibrate", "5")],
)
def test_a_setting_that_is_not_there_is_found(section: str, key: str, value: str | None) -> None:
    with pytest.raises((NotTakenError, ConfigError)):
        check_setting(section, key, value)


def test_pieces_of_pages_are_found_where_they_stand() -> None:
    page = (
        "Type `curate build\n--force` or `[pairs] min_margin = 2`.\n\n"
        "    curate pull a.jsonl \\\n        -C work  # a comment; not more\n\n"
        "```sh\n$ curate show 1a2b -C work | head\n```\n\n"
        "    [split]\n    test = 0.1\n"
    )
    assert list(command_lines(page)) == [
        ["show", "1a2b", "-C", "work"],
        ["pull", "a.jsonl", "-C", "work"],
    ]
    assert "curate build --force" in list(inline(page))
    assert list(settings(page)) == [("pairs", "min_margin", "2")]
    assert [re.sub(r"\s+", " ", text) for text in snippets(page, {"split"})] == [
        "[split] test = 0.1 "
    ]
