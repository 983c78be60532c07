"""A trained model on pairs that it did not train on, beside the model that it came from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.checkpoints import is_adapter, open_adapter, open_model
from align.folders import model_name, run_folder
from align.preference import PreferenceReport, preference_accuracy
from align.progress import Advance, unseen
from align.rows import load_rows
from curate.aligning.record import TRAINED_ON, read_record
from schemas.errors import AlignError

NONE = "none"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of it. `in_sample` are held-out rows whose prompt or component was trained on."""

    model: str
    reference: str | None
    data: Path
    in_sample: int
    report: PreferenceReport

    def payload(self) -> dict[str, Any]:
        """The report as JSON types."""
        return {
            "model": self.model,
            "reference": self.reference,
            "data": str(self.data),
            "in_sample": self.in_sample,
            **self.report.model_dump(mode="json"),
        }


def evaluate(
    model: str, data: Path, reference: str | None, batch_size: int, advance: Advance = unseen
) -> Evaluated:
    """The accuracy of a run's model (or any) on the held-out rows of a `trl` export.

    Without `reference` it is an adapter's base, or the model that the run says it began with;
    `none` takes no reference. Raises AlignError where there is nothing held out.
    """
    rows = load_rows(data, "trl").held_out
    kept, in_sample = _unseen(rows, model)
    if rows is None or not kept:
        raise AlignError(
            f"{data}: no held-out pair that {model_name(model)} was not trained on",
            "build with [split] test or validation above 0",
        )
    own_base = reference is None and is_adapter(model)
    loaded = open_adapter(model) if own_base else open_model(model)
    base = None if own_base else _reference(model, reference)
    beside = loaded.model if own_base else None if base is None else open_model(base).model
    advance(0, "scoring held-out pairs", len(kept))
    report = preference_accuracy(
        loaded.model,
        beside,
        loaded.processor,
        rows.select(kept),
        batch_size=batch_size,
        advance=advance,
    )
    return Evaluated(
        model=model_name(model),
        reference="its base" if own_base else base,
        data=data,
        in_sample=in_sample,
        report=report,
    )


def _unseen(rows: Any | None, model: str) -> tuple[Sequence[int], int]:
    """The places of rows that a run did not train on, and how many it did."""
    if rows is None:
        return (), 0
    seen = _trained_on(run_folder(model))
    columns = {"prompts": "prompt_id", "components": "component"}
    trained = [False] * len(rows)
    for name, column in columns.items():
        if column in rows.column_names:
            values = rows.data.column(column).to_pylist()
            trained = [a or value in seen[name] for a, value in zip(trained, values, strict=True)]
    kept = [place for place, was in enumerate(trained) if not was]
    return kept, len(trained) - len(kept)


def _trained_on(run: Path | None) -> dict[str, set[str]]:
    path = None if run is None else run / TRAINED_ON
    found: Any = {}
    if path is not None and path.is_file():
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError) as error:
            raise AlignError(f"{path}: no valid JSON", "train again") from error
    named = found if isinstance(found, dict) else {}
    return {name: set(named.get(name) or ()) for name in ("prompts", "components")}


def _reference(model: str, named: str | None) -> str | None:
    """The model that the implicit reward is against, as a folder or a Hub id."""
    if named is not None:
        return None if named == NONE else named
    run = run_folder(model)
    record = None if run is None else read_record(run)
    if run is None or record is None:
        return None
    began = str(record.get("model"))
    beside = run.parent / began
    if beside.is_dir():
        return str(beside)
    if not Path(began).exists() and (began.startswith((".", "/")) or began.count("/") != 1):
        raise AlignError(
            f"{run}: the model that it began with ({began}) is not here",
            "name it with --reference, or say --reference none",
        )
    return began
