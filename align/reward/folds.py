"""Cross-fitting: which rows a model learns from, so that some model never saw an answer it scores.

Fold k of K learns from all leakage components but those whose number is k modulo K.
"""

from dataclasses import replace
from typing import Any

from align.rows import Rows
from schemas.errors import AlignError

COMPONENT = "component"


def fold_of(component: str, folds: int) -> int:
    """The fold whose model does not learn from this component (32 hex digits)."""
    return int(component, 16) % folds


def rows_of_fold(rows: Rows, fold: int, folds: int) -> tuple[Rows, Any]:
    """The rows that a fold's model learns from, and those it is kept from.

    Raises AlignError where rows do not name their component, or none is left to learn from.
    """
    if COMPONENT not in rows.train.column_names:
        raise AlignError(
            f"{rows.folder}: rows without their leakage component",
            "build and export again, which writes them",
        )
    places = [fold_of(it, folds) for it in rows.train[COMPONENT]]
    learned = [number for number, place in enumerate(places) if place != fold]
    kept_from = [number for number, place in enumerate(places) if place == fold]
    if not learned:
        raise AlignError(
            f"{rows.folder}: fold {fold} of {folds} has no rows to learn from",
            "use fewer folds, or build with more prompts",
        )
    return replace(rows, train=rows.train.select(learned)), rows.train.select(kept_from)
