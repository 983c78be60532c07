import io
import json
import sys

import pytest
from typer.exceptions import Abort

from curate.errors import guarded
from schemas import errors


def raising(error: BaseException) -> int:
    """Run a command that fails so."""

    def run() -> int:
        raise error

    return guarded(run, [])


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (errors.WorkspaceError("a: no workspace", "make one"), 1, "a: no workspace; make one"),
        (errors.UsageError("two folders", "name one"), 2, "two folders; name one"),
        (errors.BudgetError("10 dollars spent", "raise it"), 3, "10 dollars spent; raise it"),
        (KeyboardInterrupt(), 130, "interrupted; the workspace is whole, run the command again"),
        (FileNotFoundError(2, "No such file", "a.txt"), 1, "a.txt: No such file"),
        (
            PermissionError(13, "Permission denied", "b.txt"),
            1,
            "b.txt: Permission denied; check who may read and write there, or name another folder",
        ),
        (OSError("disk gone"), 1, "disk gone"),
        (MemoryError(), 1, "out of memory"),
        (Abort(), 1, "no answer to the question"),
        (KeyError("x"), 1, "unexpected KeyError: 'x'; --debug shows where"),
    ],
)
def test_an_error_becomes_its_code_and_one_line(
    error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert raising(error) == code
    ran = capsys.readouterr()
    assert ran.out == ""
    assert ran.err.startswith(f"error: {line}")
    assert len(ran.err.splitlines()) == 1


def test_a_message_of_many_lines_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    raising(errors.SourceError("a\nb\x1b[2J\n\nc"))
    assert capsys.readouterr().err == "error: a b\ufffd[2J c\n"


def test_a_line_of_any_length_keeps_its_beginning_and_the_fix(
    capsys: pytest.CaptureFixture[str],
) -> None:
    raising(errors.SourceError(f"a.csv: no column {'x' * 10_000}", "name one of them"))
    said = capsys.readouterr().err
    assert said.startswith("error: a.csv: no column xxx")
    assert said.endswith("xxx; name one of them\n")
    assert len(said) < 2100


def test_an_error_with_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> int:
        raise errors.BudgetError("spent", "raise it")

    assert guarded(run, ["judge", "--json"]) == 3
    assert json.loads(capsys.readouterr().out) == {"error": "spent; raise it", "exit_code": 3}


def test_a_traceback_never_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> int:
        raise errors.SourceError("\x1b[2J")

    guarded(run, ["--debug"])
    text = capsys.readouterr().err
    assert "Traceback" in text
    assert "\x1b" not in text


def test_the_code_of_a_command_without_error_is_its_own() -> None:
    assert guarded(lambda: 1, []) == 1


def test_a_statement_stopped_by_ctrl_c_is_an_interruption(
    capsys: pytest.CaptureFixture[str],
) -> None:
    import os
    import signal

    def run() -> int:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("Query interrupted") from None
        return 0

    assert guarded(run, []) == 130
    assert "interrupted" in capsys.readouterr().err


def test_output_that_cannot_be_encoded_is_still_said(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)

    def run() -> int:
        sys.stdout.write("häuser\n")
        return 0

    assert guarded(run, []) == 0
    out.seek(0)
    assert out.buffer.read() == b"h\\xe4user\n"
