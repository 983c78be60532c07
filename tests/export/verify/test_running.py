import os
import sys
from pathlib import Path

import pytest

from export.verify.base import ENTERED
from export.verify.running import ask, interpreter, verified
from schemas.errors import UsageError
from tests.support.pairs import build, pair, picture, written
from tests.support.waiting import gone, until

SAYS = '{"by": "it", "verified": true, "rows": 1, "checked": "read", "detail": ""}'


UNKNOWN = SAYS.replace("true", "null")


def by_reader(datasets: str, others: str) -> str:
    """The script's line that gives one answer for `datasets` and another for the rest."""
    return f"case $3 in datasets) echo '{datasets}';; *) echo '{others}';; esac"


def fake(folder: Path, *lines: str, first: str = f"echo '{ENTERED}'") -> str:
    """An interpreter that enters a reader and does this instead of asking it."""
    path = folder / "python"
    path.write_text("\n".join(["#!/bin/sh", first, *lines]) + "\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "exports" / "trl").mkdir(parents=True)
    return tmp_path / "exports" / "trl"


def test_a_real_reader_is_asked_in_a_process_of_its_own(tmp_path: Path) -> None:
    source = build(tmp_path, [pair(media=[picture(tmp_path / "media")]), pair(split="test")])
    result, _rows = written("parquet", source, tmp_path / "out")
    found = verified("parquet", result)
    assert found.verified is True
    assert [verdict.by.split()[0] for verdict in found.verdicts] == ["datasets"]
    assert found.verdicts[0].rows == 2
    assert "1 pictures decoded" in found.verdicts[0].checked
    assert [path.name for path in tmp_path.iterdir() if "verify" in path.name] == []


def test_a_format_that_no_trainer_reads_is_not_verified(tmp_path: Path) -> None:
    result, _rows = written("parquet", build(tmp_path, [pair()]), tmp_path / "out")
    found = verified("native", result)
    assert found.verified is None
    assert found.verdicts[0].detail == "no trainer reads this format"


def test_a_reader_that_was_not_asked_leaves_a_format_unknown(tmp_path: Path) -> None:
    source = build(tmp_path, [pair()])
    result, _rows = written("trl", source, tmp_path / "out")
    python = fake(tmp_path, by_reader(SAYS, UNKNOWN))
    found = verified("trl", result, python)
    assert [verdict.verified for verdict in found.verdicts] == [True, None]
    assert found.verified is None


def test_one_reader_that_refuses_is_enough(tmp_path: Path) -> None:
    result, _rows = written("trl", build(tmp_path, [pair()]), tmp_path / "out")
    refuses = SAYS.replace("true", "false")
    python = fake(tmp_path, by_reader(refuses, UNKNOWN))
    assert verified("trl", result, python).verified is False


def test_a_reader_that_crashes_refuses(tmp_path: Path, export: Path) -> None:
    verdict = ask("trl", export, fake(tmp_path, "echo its last words >&2", "kill -SEGV $$"))
    assert verdict.verified is False
    assert verdict.detail == "the reader died (signal 11): its last words"


def test_a_reader_that_is_killed_was_not_asked(tmp_path: Path, export: Path) -> None:
    verdict = ask("trl", export, fake(tmp_path, "kill -KILL $$"))
    assert verdict.verified is None
    assert verdict.detail == "the reader died (signal 9)"


def test_a_reader_that_says_something_else_refuses(tmp_path: Path, export: Path) -> None:
    verdict = ask("trl", export, fake(tmp_path, "echo hello"))
    assert verdict.verified is False
    assert verdict.detail == "the reader died (exit code 0)"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("echo 'SyntaxError: too new' >&2; exit 1", "(exit code 1): SyntaxError: too new"),
        (f"echo '{SAYS}'", "(exit code 0)"),
    ],
)
def test_an_interpreter_that_enters_no_reader_was_not_asked(
    tmp_path: Path, export: Path, line: str, said: str
) -> None:
    python = fake(tmp_path, line, first="")
    verdict = ask("trl", export, python)
    assert verdict.verified is None
    assert verdict.detail == f"{python} cannot run the check {said}"


def test_a_file_that_cannot_be_run_was_not_asked(tmp_path: Path, export: Path) -> None:
    python = tmp_path / "python"
    python.write_bytes(b"no program")
    python.chmod(0o755)
    verdict = ask("trl", export, str(python))
    assert verdict.verified is None
    assert verdict.detail.startswith(f"{python} cannot run the check (OSError: ")


def test_a_reader_that_never_ends_was_not_asked(
    tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("export.verify.running.LONGEST", 0.5)
    python = fake(tmp_path, "sleep 60 &", f"echo $! > {tmp_path}/pid", "wait")
    verdict = ask("trl", export, python)
    assert verdict.verified is None
    assert verdict.detail == "it took more than 0 minutes"
    until(lambda: gone(tmp_path / "pid"))
    assert list(export.parent.iterdir()) == [export]


def test_what_a_reader_leaves_running_ends_with_it(tmp_path: Path, export: Path) -> None:
    left = f"sleep 60 >/dev/null 2>&1 & echo $! > {tmp_path}/pid"
    assert ask("trl", export, fake(tmp_path, left, f"echo '{SAYS}'")).verified is True
    until(lambda: gone(tmp_path / "pid"))


def test_keys_and_this_folder_stay_out_of_it(
    tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HF_TOKEN", "GEMINI_API_KEY", "AWS_ACCESS_KEY_ID", "PGPASSWORD", "GITHUB_PAT"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("LC_TIME", "C.UTF-8")
    python = fake(tmp_path, f"env > {tmp_path}/env", f"pwd > {tmp_path}/cwd", f"echo '{SAYS}'")
    assert ask("trl", export, python).verified is True
    env = (tmp_path / "env").read_text("utf-8")
    assert "secret" not in env
    assert "LC_TIME=C.UTF-8" in env
    assert f"PATH={os.environ['PATH']}" in env
    assert "HF_HUB_OFFLINE=1" in env
    cwd = (tmp_path / "cwd").read_text("utf-8").strip()
    assert Path(cwd).parent == export.parent
    assert f"PYTHONPATH={cwd}" in env
    assert not Path(cwd).exists()


def test_what_else_is_printed_is_not_the_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written("parquet", build(tmp_path, [pair()]), tmp_path / "out")
    noise = "import atexit\nprint('hello')\natexit.register(print, 'goodbye')\n"
    (tmp_path / "sitecustomize.py").write_text(noise, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert ask("datasets", tmp_path / "out", sys.executable).verified is True


def test_the_interpreter_is_this_one_unless_another_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert interpreter(None) == sys.executable
    (tmp_path / "bin").mkdir()
    link = tmp_path / "bin" / "python"
    link.symlink_to(sys.executable)
    monkeypatch.chdir(tmp_path)
    assert interpreter("bin/python") == str(link)
    assert Path(interpreter("sh")).is_absolute()


def test_an_interpreter_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such program; give the path of a Python interpreter"):
        interpreter(str(tmp_path / "python"))
