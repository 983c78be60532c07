"""Rewards of held-out rows, kept as they come."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class PairScore:
    """Both rewards of one held-out row; `cut` counts critiques that were cut off."""

    prompt_id: str
    chosen: float
    rejected: float
    is_tie: bool = False
    cut: int = 0

    @property
    def difference(self) -> float:
        """How much higher the chosen answer's reward is."""
        return self.chosen - self.rejected


Scores = list[PairScore | None]
"""Of a batch of rows; None for a row that could not be asked in this mode."""


class KeptScores:
    """A file of a run's held-out scores, a line a batch: one that was cut off scores none twice.

    Batches are known by mode and place, so the file is of one model and one set of rows.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = {(line["mode"], line["batch"]): line["scores"] for line in _lines(path)}

    def of(self, mode: str, batch: int) -> Scores | None:
        """The scores of a batch, None where it is still to be scored."""
        found = self._known.get((mode, batch))
        return None if found is None else [one and PairScore(**one) for one in found]

    def add(self, mode: str, batch: int, scores: Sequence[PairScore | None]) -> None:
        """Keep a batch's scores."""
        rows = [one and asdict(one) for one in scores]
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps({'mode': mode, 'batch': batch, 'scores': rows})}\n")


def _lines(path: Path) -> list[dict[str, Any]]:
    """The whole lines of the file; what a killed run left of one is cut off."""
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        path.write_text(whole, encoding="utf-8")
    return [json.loads(line) for line in whole.splitlines()]
