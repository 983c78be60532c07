"""The command that a reader is told works in the shell that they sit at."""

import sys
from pathlib import Path

import pytest

from curate.invoked import own_command


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment's `curate` that no folder of PATH has, called from the folder above."""
    folder = tmp_path / ".venv" / "bin"
    folder.mkdir(parents=True)
    for name in ("curate", "python"):
        (folder / name).touch(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    monkeypatch.setattr(sys, "argv", [".venv/bin/curate"])
    return folder


@pytest.mark.usefixtures("installed")
def test_an_environment_that_is_not_active_is_named_as_it_was_called() -> None:
    assert own_command() == ".venv/bin/curate"


def test_another_curate_on_the_path_is_not_meant(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installed.parent.parent / "curate").touch(0o755)
    assert own_command() == ".venv/bin/curate"
    monkeypatch.setattr(sys, "argv", ["-c"])
    assert own_command() == str(installed / "curate")


def test_an_active_environment_needs_the_name_alone(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(installed))
    assert own_command() == "curate"


def test_without_a_script_the_module_is_run(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installed / "curate").unlink()
    monkeypatch.setattr(sys, "executable", "/usr/my python/bin/python")
    assert own_command() == "'/usr/my python/bin/python' -m curate"
