"""SECURITY.md names tests that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    line
    for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and "::" in line
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" | ")[0][2:40])
def test_every_test_of_a_threat_exists(row: str) -> None:
    named = re.findall(r"`([\w/.]*)::(\w+)`", row)
    path = ""
    for file, name in named:
        path = file or path
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, functions)}, path
    assert named


def test_there_are_threats() -> None:
    assert len(ROWS) >= 15
