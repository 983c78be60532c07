from pathlib import Path

import pytest

from curate.hints import command


def test_a_command_names_the_workspace_where_it_is_not_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "work").mkdir()
    assert command("curate", "build", workspace=Path("work")) == "curate build -C work"
    assert command("curate", "build", workspace=Path()) == "curate build"
    assert command("curate", "build", workspace=tmp_path) == "curate build"
    assert command("curate", "build") == "curate build"


def test_a_command_is_quoted_for_a_shell() -> None:
    told = command("curate", "pull", Path("my answers.jsonl"), workspace=Path("a b"))
    assert told == "curate pull 'my answers.jsonl' -C 'a b'"
