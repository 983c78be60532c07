"""Start-up stays light, and the five packages come from one place."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

PACKAGES = ("schemas", "annotate", "curate", "export", "align")
HEAVY = {
    "datasets",
    "pandas",
    "pyarrow",
    "duckdb",
    "PIL",
    "pydantic",
    "google.genai",
    "openai",
    "label_studio_sdk",
    "huggingface_hub",
}
REPORT = """
import json, sys
from curate.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def _modules_after(root: Path, *arguments: str) -> set[str]:
    """The modules loaded in a new process once a command has printed its help."""
    done = subprocess.run(
        [sys.executable, "-c", REPORT, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Usage" in done.stdout
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_help_loads_no_heavy_library(repo_root: Path) -> None:
    assert not HEAVY & _modules_after(repo_root, "--help")


@pytest.mark.parametrize("command", ["init", "build", "sql", "show"])
def test_the_help_of_a_command_loads_no_heavy_library(repo_root: Path, command: str) -> None:
    # typer itself reads a command's parameters with pydantic.
    assert not (HEAVY - {"pydantic"}) & _modules_after(repo_root, command, "--help")


def test_all_packages_load_from_one_folder() -> None:
    files = [import_module(name).__file__ for name in PACKAGES]
    folders = {Path(file).parent.parent for file in files if file}
    assert len(files) == len(PACKAGES)
    assert len(folders) == 1


@pytest.mark.parametrize("name", PACKAGES)
def test_a_packages_init_is_one_docstring_line(repo_root: Path, name: str) -> None:
    for file in (repo_root / name).rglob("__init__.py"):
        lines = file.read_text(encoding="utf-8").splitlines()
        assert len(lines) == 1, file
        assert lines[0].startswith('"""')


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_says_that_it_is_typed(repo_root: Path, name: str) -> None:
    assert (repo_root / name / "py.typed").is_file()
