"""What is tracked speaks of the project alone: no machine's paths, no package index.

`/home/somebody` is nobody's: tests of hostile paths use it.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

HOME = r"(?<![\w.])/(?:root|home|Users|opt|mnt|srv|work|workspace)/(?!somebody/)[\w.-]+"
INDEX = r"--(?:extra-)?index-url|--find-links|pypi\.org/simple|files\.pythonhosted\.org"
LOCAL = "file://" + "/"
FORBIDDEN = re.compile(f"{HOME}|{INDEX}|{LOCAL}")
OURS = "tests/packaging/test_tracked_files.py"


def _tracked(root: Path) -> list[Path]:
    if not (root / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True
    )
    return [root / name for name in listed.stdout.split("\0") if name and name != OURS]


def _lines_that_match(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []
    return [f"{path.name}: {line.strip()}" for line in text.splitlines() if FORBIDDEN.search(line)]


def test_no_tracked_file_names_a_home_folder_or_a_package_index(repo_root: Path) -> None:
    files = [path for path in _tracked(repo_root) if path.is_file()]
    assert files
    assert not [line for path in files for line in _lines_that_match(path)]


@pytest.mark.parametrize(
    "parts",
    [
        ("", "home", "someone", "data"),
        ("open('", "Users", "x", "y')"),
        ("", "root", ".cache"),
        ("pip install --index-", "url x"),
        ("open('file:/", "/etc')"),
    ],
)
def test_such_text_is_recognised(parts: Sequence[str]) -> None:
    """In parts, so that no line of this file is such a text itself."""
    joint = "" if parts[0].endswith("-") else "/"
    assert FORBIDDEN.search(joint.join(parts))


@pytest.mark.parametrize(
    "text",
    ["~/.cache/pairwright", "https://a.example/home/x.png", "a/b/c", "/home/somebody/x.png"],
)
def test_other_paths_are_let_through(text: str) -> None:
    assert not FORBIDDEN.search(text)
