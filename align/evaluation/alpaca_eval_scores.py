"""Win rates out of AlpacaEval's leaderboards (0.6); length control: arXiv 2404.04475."""

import csv
import math
from collections.abc import Mapping
from pathlib import Path

from schemas.base import Record
from schemas.errors import AlignError

BOARD = "leaderboard.csv"


class AlpacaEvalScore(Record):
    """A model's row of a leaderboard, in percent; version 1 has no length-controlled rate."""

    model: str
    annotator: str
    win_rate: float | None
    win_rate_stderr: float | None
    length_controlled_win_rate: float | None
    length_controlled_stderr: float | None
    mean_length: float | None
    n: int | None


def read_scores(folder: Path, model: str) -> list[AlpacaEvalScore]:
    """The model's rows of the leaderboards below a folder, one for each annotator.

    Raises AlignError where there is none.
    """
    boards = sorted(folder.rglob(BOARD))
    scores = [_score(row, path) for path in boards for row in _rows(path) if row.get("") == model]
    if not scores:
        raise AlignError(f"{folder}: no {BOARD} with a row of {model!r}", "judge the outputs first")
    return scores


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, ValueError, csv.Error) as error:
        raise AlignError(f"{path}: no leaderboard: {error}", "judge the outputs again") from error


def _score(row: Mapping[str, str], path: Path) -> AlpacaEvalScore:
    count = _number(row.get("n_total"))
    return AlpacaEvalScore(
        model=row[""],
        annotator=path.parent.name,
        win_rate=_number(row.get("win_rate")),
        win_rate_stderr=_number(row.get("standard_error")),
        length_controlled_win_rate=_number(row.get("length_controlled_winrate")),
        length_controlled_stderr=_number(row.get("lc_standard_error")),
        mean_length=_number(row.get("avg_length")),
        n=None if count is None else int(count),
    )


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "nan")
    except ValueError:
        return None
    return value if math.isfinite(value) else None
