"""run.json: what a run was asked, and what it came to. It holds names as they were given."""

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from align.rows import Rows
from curate.aligning.asked import Asked
from curate.plain import json_text
from curate.version import __version__
from schemas.errors import AlignError

RECORD, TRAINED_ON = "run.json", "trained_on.json"
LIBRARIES = ("torch", "transformers", "trl", "peft", "accelerate", "datasets")


def read_record(folder: Path) -> Mapping[str, Any] | None:
    """A run's record, None where there is none. Raises AlignError for one that cannot be read."""
    path = folder / RECORD
    if not path.is_file():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise AlignError(f"{path}: no valid JSON", "name another folder with --out") from error
    if not isinstance(record, dict):
        raise AlignError(f"{path}: no run's record", "name another folder with --out")
    return record


def expect_ours(asked: Asked) -> Mapping[str, Any] | None:
    """The record of this very run, if it began. Raises AlignError where another run is there."""
    record = read_record(asked.folder)
    if record is None:
        if asked.folder.exists() and any(asked.folder.iterdir()):
            raise AlignError(
                f"{asked.folder}: not empty, and no run of ours", "name another folder with --out"
            )
        return None
    if record.get("run_id") != asked.run_id:
        raise AlignError(
            f"{asked.folder}: a run with other settings, rows or model "
            f"({record.get('recipe')} of {record.get('model')})",
            "name another folder with --out, or leave --out away",
        )
    return record


def begin(asked: Asked, rows: Rows) -> None:
    """Write what is asked, and the rows that are trained on; of several folds each has its own."""
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.folds == 1 or asked.fold is not None:
        _write(asked.folder / TRAINED_ON, _trained_on(rows.train))
    _write(asked.folder / RECORD, _asked(asked, rows))


def finish(asked: Asked, rows: Rows, result: Mapping[str, Any]) -> None:
    """Add what the run came to; it counts as done from then on."""
    _write(asked.folder / RECORD, {**_asked(asked, rows), "state": "done", "result": dict(result)})


def _asked(asked: Asked, rows: Rows) -> dict[str, Any]:
    return {
        "made_by": "pairwright",
        "version": __version__,
        "run_id": asked.run_id,
        "recipe": asked.recipe,
        "state": "begun",
        "model": asked.named,
        "build_id": rows.build_id,
        "format": rows.format,
        "rows": len(rows.train),
        "held_out": 0 if rows.held_out is None else len(rows.held_out),
        "left_out": rows.left_out,
        "folds": asked.folds,
        "fold": asked.fold,
        "settings": asked.settings.model_dump(mode="json"),
        "libraries": {name: found for name in LIBRARIES if (found := _version(name))},
    }


def _trained_on(rows: Any) -> dict[str, list[str]]:
    """Prompts and leakage components of the training rows: what a score in sample is told by."""
    names = {"prompts": "prompt_id", "components": "component"}
    return {
        name: sorted(set(rows[column]))  # not of `data`, which knows nothing of rows left out
        for name, column in names.items()
        if column in rows.column_names
    }


def _write(path: Path, value: Mapping[str, Any]) -> None:
    beside = path.with_suffix(".part")
    beside.write_text(f"{json_text(value)}\n", encoding="utf-8")
    beside.replace(path)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
