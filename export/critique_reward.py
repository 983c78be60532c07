"""`critique-reward`: pairs and ties with what a rater said of each side (MM-RLHF-Reward, 5).

A critique-based reward model writes the critique first and scores the answer with it; it learns
from ties as well. `chosen_critique` is one rater's words (export.reasons), null where nobody said
any: `has_chosen_critique` is the mask of the critique's loss, `chosen_critique_source` says whose
words they are: `expanded` (a person's, expanded by a judge), `human`, `judge` or `source`. So for
`rejected`. Prompt, answers and images are as in export.chat. In a tie, `chosen` is no better than
`rejected`, and `delta` is null.
"""

from collections.abc import Iterator, Sequence
from operator import methodcaller
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from export.base import ExportInput, ExportOptions, ExportResult, Format
from export.buffers import mask_array, nullable_places, strings
from export.chat import Chat, Column, copied, numbers, write_chat
from export.checks import SIDES, common_refusals
from export.reading import PairsFile, RowsFile
from export.reasons import Critique, critique
from schemas.arrow import table_schema
from schemas.pair import Comparison

IDS = ("pair_id", "prompt_id", "component")
CRITIQUES = tuple(f"{side}_critique" for side in SIDES)
WORDS = tuple(f"{name}{end}" for name in CRITIQUES for end in ("", "_source"))
FLAGS = (*(f"has_{side}_critique" for side in SIDES), "is_tie")
READ = (*Comparison.model_fields, "delta")


def flags(names: Sequence[str]) -> dict[str, Column]:
    """Columns of true and false that stay as they are."""
    return {name: (pa.bool_(), methodcaller("column", name)) for name in names}


CHAT = Chat(
    name="critique-reward",
    answers={side: side for side in SIDES},
    refusals=common_refusals,
    more={**copied((*IDS, *WORDS)), **flags(FLAGS), **numbers(("margin", "delta"))},
    also_read=CRITIQUES,
)


def write(source: ExportInput, out: Path, options: ExportOptions) -> ExportResult:
    """Write a build's pairs and ties with their critiques.

    Raises ExportError where they or the folder cannot be used.
    """
    table = Compared(PairsFile(source.pairs), RowsFile(source.ties, table_schema("ties")))
    return write_chat(source, table, CHAT, out, options)


FORMAT = Format(
    CHAT.name, "pairs and ties with critiques, for reward models", write, ("pairs", "ties")
)


class Compared:
    """Pairs, then ties, of each split: with `is_tie`, and what raters said of either side."""

    def __init__(self, pairs: RowsFile, ties: RowsFile) -> None:
        self._pairs, self._ties = pairs, ties

    def batches(
        self, split: str | None = None, columns: Sequence[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """As RowsFile; nothing is added where columns are named."""
        for table in (self._pairs, self._ties):
            for batch in table.batches(split, columns):
                is_tie = table is self._ties
                yield batch if columns is not None else _told(batch, is_tie=is_tie)

    def leaves(self, column: str, without: Sequence[str] = ()) -> list[str]:
        """As RowsFile; both files have the columns of a comparison."""
        return self._pairs.leaves(column, without)


def _told(rows: pa.RecordBatch, *, is_tie: bool) -> pa.RecordBatch:
    nothing = np.zeros(rows.num_rows, dtype=np.int64)
    given = {name: rows.column(name) for name in READ if name in rows.schema.names}
    given.setdefault("delta", rows.column("margin").take(nullable_places(nothing - 1)))
    given["is_tie"] = mask_array(nothing == is_tie - 1)
    rationales = rows.column("rationales").to_pylist()
    for side in SIDES:
        answers = rows.column(f"{side}_id").to_pylist()
        said = [critique(*one) for one in zip(rationales, answers, strict=True)]
        given |= _columns(side, said)
    return pa.RecordBatch.from_arrays(list(given.values()), names=list(given))


def _columns(side: str, said: Sequence[Critique | None]) -> dict[str, pa.Array]:
    known = np.array([one is not None for one in said], dtype=np.bool_)
    return {
        f"{side}_critique": _texts([one and one.text for one in said]),
        f"{side}_critique_source": _texts([one and one.source for one in said]),
        f"has_{side}_critique": mask_array(known),
    }


def _texts(values: Sequence[Any]) -> pa.StringArray:
    places = np.array([-1 if value is None else n for n, value in enumerate(values)])
    return strings([value or "" for value in values]).take(nullable_places(places))
