"""The command: what it says where it cannot run, and what it hands to atheris."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import run
from tests.fuzz.findings import Finding
from tests.fuzz.registry import TARGETS


def test_without_atheris_there_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "find_spec", lambda _name: None)
    assert run.main(["--minutes", "1", "web"]) == 2
    said = capsys.readouterr()
    assert said.err == "atheris is not installed; run: make fuzz, or pip install -e '.[fuzz]'\n"
    assert said.out == ""


def test_a_target_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["jsnol"]) == 2
    assert "no target 'jsnol'; did you mean 'json" in capsys.readouterr().err


def test_what_was_found_is_told_with_its_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finding = Finding(Path("fuzz-out/web/raised-1"), "ValueError at curate/x.py:3")
    monkeypatch.setattr(run, "find_spec", lambda _name: True)
    monkeypatch.setattr(
        run, "_fuzzed", lambda name, seconds: run.Tally(name, seconds, 600, 5, 9, 2, 30, [finding])
    )

    assert run.main(["--minutes", "2", "web", "json"]) == 1

    head, web, json_line, *told = capsys.readouterr().out.splitlines()
    assert head.split() == list(run.COLUMNS)
    assert web.split() == ["web", "120", "600", "5", "5", "9", "2", "30", "1"]
    assert json_line.startswith("json ")
    assert told[:2] == ["web: ValueError at curate/x.py:3", "  fuzz-out/web/raised-1"]


def test_a_process_gets_its_limits_its_words_and_its_corpus(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    command = run._command("vote", Path("out"), tmp_path / "work", 60.9, tmp_path)
    assert command[1:5] == ["-m", "tests.fuzz.worker", "vote", "out"]
    assert {"-max_total_time=60", "-timeout=25", "-rss_limit_mb=2048"} <= set(command)
    assert command[-1] == str(tmp_path / "work")
    words = (tmp_path / "words.dict").read_text("ascii").splitlines()
    assert '"' + "".join(f"\\x{byte:02X}" for byte in b"place_a") + '"' in words


def test_the_list_of_targets_is_in_the_help() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", "--help"],
        capture_output=True,
        check=True,
        text=True,
        cwd=Path(run.__file__).parents[2],
    )
    assert all(name in shown.stdout for name in TARGETS)
