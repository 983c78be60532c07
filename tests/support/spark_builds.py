"""Builds by the command line on both engines, and what they leave."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TABLES = ("pairs", "ties", "scores", "splits", "dropped")
LONG = 600.0
"""Seconds that a busy machine may take until a build has written something."""


def files_of(folder: Path) -> dict[str, bytes]:
    """A build's tables as they lie."""
    return {name: (folder / f"{name}.parquet").read_bytes() for name in TABLES}


def manifest_of(folder: Path) -> dict[str, Any]:
    """What a build says of itself, but for its engine and time."""
    found = json.loads((folder / "manifest.json").read_text())
    return {name: value for name, value in found.items() if name not in ("engine", "at")}


def spark_build(workspace: Path, *options: str, **given: Any) -> "subprocess.Popen[str]":
    """A build that has begun."""
    call = [sys.executable, "-m", "curate", "build", "--force", "--json", "-C", str(workspace)]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([*call, *options], **pipes, **given)


def written(home: Path) -> int:
    """How many tables a build wrote so far."""
    return max((int(path.name) for path in home.glob(".staging/*/[0-9]*")), default=0)
