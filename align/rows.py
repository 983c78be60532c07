"""An export's folder as the rows that a recipe trains on, and those it is held against.

What cannot be trained on is counted or refused here, before a model is loaded.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.errors import AlignError

HELD_OUT = ("validation", "test")
RECORD = "export.json"
NEEDED: Mapping[str, tuple[str, ...]] = {
    "trl": ("prompt", "chosen", "rejected"),
    "trl-kto": ("prompt", "completion", "label"),
    "critique-reward": ("prompt", "chosen", "rejected", "is_tie"),
}
"""Columns without which a format is another one; the others are for SFT: `messages`, or both."""

DELTA_SOURCES = ("reward_model", "calibration")
"""What may give delta: a reward difference. A sum of ratings is none (facts in docs/align.md)."""


@dataclass(frozen=True, slots=True)
class Rows:
    """An export's splits as `datasets.Dataset`; `held_out` is validation and test together.

    `left_out` counts rows that are there and not trained on, by reason.
    """

    folder: Path
    format: str
    build_id: str
    train: Any
    held_out: Any | None
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def shows_pictures(self) -> bool:
        """Whether any row shows one."""
        return "images" in self.train.features


def load_rows(folder: Path, recipe_format: str, cache: Path | None = None) -> Rows:
    """The rows of an export's folder.

    Raises AlignError where it is no export of `recipe_format`, or has nothing to train on.
    """
    record = export_record(folder, recipe_format)
    splits = _splits(folder, cache)
    if "train" not in splits:
        raise AlignError(f"{folder}: no rows in the training split", "build with more pairs")
    train = _without_empty_pictures(splits)
    for name in NEEDED.get(recipe_format, ()):
        if name not in train["train"].column_names:
            raise AlignError(f"{folder}: no column {name!r}", "write the export again")
    if "delta" in train["train"].column_names and recipe_format == "trl":
        for name, rows in train.items():
            _expect_reward_differences(f"{folder}, {name}", rows)
    return Rows(
        folder=folder,
        format=recipe_format,
        build_id=str(record.get("build_id", "")),
        train=train["train"],
        held_out=_joined([train[name] for name in HELD_OUT if name in train]),
    )


def export_record(folder: Path, recipe_format: str) -> Mapping[str, Any]:
    """What an export says of itself. Raises AlignError where it is none of `recipe_format`."""
    record = _record(folder)
    if record["format"] != recipe_format:
        raise AlignError(
            f"{folder}: an export as {record['format']!r}, not as {recipe_format!r}",
            f"write one with: curate export --format {recipe_format}",
        )
    return record


def _record(folder: Path) -> Mapping[str, Any]:
    path = folder / RECORD
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AlignError(
            f"{folder}: no export (no {RECORD})", "write one with: curate export"
        ) from error
    except (ValueError, RecursionError) as error:
        raise AlignError(f"{path}: no valid JSON", "write the export again") from error
    if not isinstance(record, dict) or not isinstance(record.get("format"), str):
        raise AlignError(f"{path}: not the record of an export", "write the export again")
    return record


def _splits(folder: Path, cache: Path | None) -> dict[str, Any]:
    from datasets import load_dataset
    from datasets.exceptions import DatasetGenerationError

    found = {}
    for split in ("train", *HELD_OUT):
        files = sorted(str(path) for path in folder.glob(f"{split}-*.parquet"))
        if not files:
            continue
        try:
            rows = load_dataset(
                "parquet", data_files=files, split="train", cache_dir=cache and str(cache)
            )
        except (DatasetGenerationError, OSError, ValueError) as error:
            raise AlignError(
                f"{folder}: its {split} files cannot be read: {error}", "write the export again"
            ) from error
        if len(rows):
            found[split] = rows
    return found


def _without_empty_pictures(splits: Mapping[str, Any]) -> dict[str, Any]:
    """A set where no row shows a picture is a set of texts, which text models train on."""
    import pyarrow.compute as pc

    shown = 0
    for rows in splits.values():
        if "images" in rows.column_names:
            lengths = pc.list_value_length(rows.data.column("images"))
            shown += pc.sum(lengths).as_py() or 0
    if shown:
        return dict(splits)
    return {
        name: rows.remove_columns("images") if "images" in rows.column_names else rows
        for name, rows in splits.items()
    }


def _joined(parts: list[Any]) -> Any | None:
    from datasets import concatenate_datasets

    if not parts:
        return None
    return parts[0] if len(parts) == 1 else concatenate_datasets(parts)


def _expect_reward_differences(place: str, rows: Any) -> None:
    """Refuse deltas that are no reward differences: with k = 0.5 a sum of ratings is at the bound.

    Raises AlignError for a delta that does not say where it is from, and for whole numbers only.
    """
    deltas = rows.data.column("delta").to_pylist()
    known = [delta for delta in deltas if delta is not None]
    if not known:
        return
    sources = rows.data.column("delta_source").to_pylist() if _told(rows) else [None] * len(deltas)
    for number, (delta, source) in enumerate(zip(deltas, sources, strict=True)):
        if delta is not None and source not in DELTA_SOURCES:
            raise AlignError(
                f"{place}, row {number}: delta {delta} is by {source!r}, not by a reward model or "
                "a calibration",
                "build with [score] calibrate = true or a reward model's scores, or leave it null",
            )
    if len(known) >= FEWEST_TO_TELL and all(float(delta).is_integer() for delta in known):
        raise AlignError(
            f"{place}: every delta is a whole number, as sums of ratings are",
            "delta is a reward difference: take it from a reward model or a calibration",
        )


FEWEST_TO_TELL = 8
"""Deltas of which all being whole by chance is not to be believed."""


def _told(rows: Any) -> bool:
    return "delta_source" in rows.column_names
