"""Workspaces with sources beside them, as a user would have them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from annotate import journal
from curate.init import create
from curate.pull.report import PullReport
from curate.pull.stage import pull
from curate.workspace import Workspace
from schemas.event import Event

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def workspace_at(folder: Path, preset: str = "five-metric") -> Workspace:
    """A fresh workspace."""
    return create(folder, preset)


def write_lines(path: Path, rows: Sequence[Any]) -> Path:
    """A JSONL file of rows; bytes go in as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def pulled(workspace: Workspace, path: Path, **options: Any) -> PullReport:
    """A pull at a fixed time."""
    return pull(workspace, str(path), **{"now": NOW, **options})


def rows_of(workspace: Workspace, table: str) -> list[dict[str, Any]]:
    """The rows of one table over all live pulls."""
    return [
        row
        for path in workspace.pull_tables(table)
        for row in pq.read_table(path).to_pylist(maps_as_pydicts="strict")
    ]


def events_of(workspace: Workspace) -> list[Event]:
    """Every event of the journals that count."""
    return [event for path in workspace.journals() for event in journal.read(path)]


def tree(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder by its path; empty lock files are left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def question(text: str, *answers: str, **fields: Any) -> dict[str, Any]:
    """A native row: answer `k` of a row of `n` is scored `n - k` points of helpfulness by anna."""
    responses = [
        {
            "text": answer,
            "model": f"m{index}",
            "ratings": [{"rater": "anna", "kind": "human", "helpfulness": len(answers) - index}],
        }
        for index, answer in enumerate(answers)
    ]
    return {"prompt": text, "responses": responses, **fields}
