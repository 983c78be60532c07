"""An expected error names the place and the fix in one line, and has its exit code."""

import sys

import pytest

from schemas.errors import (
    LONGEST_WORD,
    MOST_WORDS,
    BudgetError,
    ConfigError,
    JournalError,
    PairwrightError,
    UsageError,
    WorkspaceError,
    did_you_mean,
    installing,
)


def test_an_error_says_what_is_wrong_and_then_the_fix() -> None:
    error = ConfigError("curate.toml: split.test is 2", "give a share between 0 and 1")
    assert str(error) == "curate.toml: split.test is 2; give a share between 0 and 1"
    assert (error.message, error.fix) == (
        "curate.toml: split.test is 2",
        "give a share between 0 and 1",
    )


@pytest.mark.parametrize(
    ("prefix", "line"),
    [
        ("/usr/venv", "pip install 'pairwright[align]'"),
        ("/usr/share/pipx/venvs/pairwright", "pipx runpip pairwright install 'pairwright[align]'"),
        ("/usr/share/uv/tools/pairwright", "uv tool install --with 'pairwright[align]' pairwright"),
        ("/usr/uv/pipxed/tools", "pip install 'pairwright[align]'"),
    ],
)
def test_an_extra_is_added_by_what_installed_this(
    prefix: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", prefix)
    assert installing("align") == line


def test_an_error_without_a_fix_is_its_message() -> None:
    assert str(PairwrightError("no such pull")) == "no such pull"


@pytest.mark.parametrize(
    ("kind", "code"),
    [(ConfigError, 1), (JournalError, 1), (UsageError, 2), (BudgetError, 3)],
)
def test_each_class_has_the_exit_code_of_the_command_line(
    kind: type[PairwrightError], code: int
) -> None:
    assert kind.exit_code == code


def test_a_bad_journal_is_a_fault_of_the_workspace() -> None:
    assert issubclass(JournalError, WorkspaceError)


def test_a_hint_names_the_nearest_word() -> None:
    assert did_you_mean("helpfullness", ["ethics", "helpfulness"]) == "did you mean 'helpfulness'?"


def test_a_hint_lists_all_words_where_none_is_near() -> None:
    assert did_you_mean("xyz", ["b", "a"]) == "known: a, b"


def test_a_hint_says_when_nothing_is_known() -> None:
    assert did_you_mean("xyz", []) == "none is known"


def test_a_word_of_another_length_may_still_be_the_nearest() -> None:
    assert did_you_mean("helpful", ["help", "x"]) == "did you mean 'help'?"
    assert did_you_mean("help", ["helpfully"]) == "did you mean 'helpfully'?"


def test_long_words_are_compared_with_nothing() -> None:
    long = "a" * (LONGEST_WORD + 1)
    assert did_you_mean(f"{long}b", [long, "b"]) == f"known: {long}, b"
    near = f"{long[2:]}b"
    assert did_you_mean(long[1:], [near, long]) == f"did you mean {near!r}?"


def test_words_are_compared_to_the_character_that_can_matter() -> None:
    seven = "abcdefg"
    assert did_you_mean("abc", [seven]) == f"did you mean {seven!r}?"
    assert did_you_mean("abc", [f"{seven}h"]) == f"known: {seven}h"
    most = "a" * 100
    assert did_you_mean(f"{most[1:]}b", [most]) == f"did you mean {most!r}?"
    assert did_you_mean(most, [f"{most}b"]) == f"known: {most}b"


def test_of_two_near_words_the_nearest_is_named() -> None:
    assert did_you_mean("ethics", ["ethic", "ethical"]) == "did you mean 'ethic'?"


def test_as_many_words_as_are_compared_are_all_listed() -> None:
    words = [f"{number:05d}" for number in range(200)]
    assert did_you_mean("x", words) == f"known: {', '.join(words)}"
    assert did_you_mean("x", [*words, "99999"]).endswith(" and 1 more")


def test_of_very_many_words_some_are_listed() -> None:
    words = [f"{number:05d}" for number in range(MOST_WORDS + 3)]
    assert did_you_mean("x", words).endswith(f", {words[MOST_WORDS - 1]} and 3 more")
