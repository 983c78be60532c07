import io
import json
import re
import sys

import pytest

from curate.console import Console

ESCAPE = "\x1b[31m\u202ered\ud800"
SHOWN = "\ufffd[31m\ufffdred\ufffd"


def test_a_line_is_never_markup_and_never_steers_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Console().say(f"[red]{ESCAPE}[/red] {{x}}")
    assert capsys.readouterr().out == f"[red]{SHOWN}[/red] {{x}}\n"


def test_a_warning_goes_to_stderr_in_both_modes(capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json=True).warn(f"beware {ESCAPE}")
    assert capsys.readouterr().err == f"warning: beware {SHOWN}\n"


def test_a_table_is_never_markup_and_never_steers_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Console().table(f"[b]{'T'}[/b]", ["[i]c[/i]"], [["[red]x[/red]"], [ESCAPE]])
    assert capsys.readouterr().out == f"[b]T[/b]\n[i]c[/i]\n[red]x[/red]\n{SHOWN}\n"


def test_in_a_pipe_a_row_is_one_line_however_long(capsys: pytest.CaptureFixture[str]) -> None:
    Console().table("", ["a", "b"], [["one\ntwo", "word " * 90]])
    _head, row = capsys.readouterr().out.splitlines()
    assert row == f"one↵two  {'word ' * 90}".rstrip()


def test_a_cut_cell_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Console().table("", ["a"], [["x" * 600]])
    assert "cells of more than 500 characters are cut" in capsys.readouterr().out


def test_numbers_are_set_right_and_grouped(capsys: pytest.CaptureFixture[str]) -> None:
    Console().table("", ["what", "rows"], [["pairs", 12345], ["ties", 6]])
    assert capsys.readouterr().out == "what     rows\npairs  12,345\nties        6\n"


def test_a_table_without_rows_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    Console().table("Title", ["a"], [])
    assert capsys.readouterr().out == ""


def test_with_json_only_the_result_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(as_json=True)
    console.say("text")
    console.table("t", ["a"], [[1]])
    with console.progress("working", total=2) as advance:
        advance(1)
    console.result({"text": ESCAPE})
    ran = capsys.readouterr()
    assert json.loads(ran.out) == {"text": ESCAPE}
    assert "\x1b" not in ran.out
    assert ran.err == ""


def test_without_json_the_result_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Console().result({"a": 1})
    assert capsys.readouterr().out == ""


def test_a_bar_begins_anew_with_a_total_and_counts_nothing_without_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "80")
    with Console().progress("loading"):
        pass
    assert re.search(r"loading [^/]*0:00:00", screen.getvalue())
    with Console().progress("training") as advance:
        advance(2, "step 2 of 8", 8)
        advance(1)
        advance(0, "scoring", 5)
        advance(1, "scoring 1 of 5")
    assert re.search("scoring 1 of 5 .*1/5", screen.getvalue())


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_progress_off_a_terminal_counts_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    with Console().progress("working") as advance:
        advance(3)
    assert capsys.readouterr() == ("", "")
