"""The index of a build's pairs: short columns that the page filters and sorts by, texts left out.

A place in a column is a place in the order of the pairs, which is that of the chunks.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curate.engines.duckdb import DuckDBEngine
from curate.terminal import printable

CODED = ("source", "level", "split", "category")
SHOWN_WORDS = 90
ROWS = 20_000


def pairs_index(engine: DuckDBEngine, metrics: Sequence[str]) -> dict[str, Any]:
    """The columns of `pairs`: `count`, `id`, `words`, `margin`, `agreement`, and what is below.

    Columns of few values are `{names, codes}`, codes counting the names from 0; `models` are the
    names of both sides' codes. `differences` holds a column for each metric that scores differ in.
    """
    engine.values |= {"shown_words": SHOWN_WORDS, "metrics": list(metrics)}
    batches = list(engine.batches("report/pair_columns", ROWS))
    if not batches:
        return {"count": 0}
    table = pa.Table.from_batches(batches)
    models = _names([*_texts(table, "chosen_model"), *_texts(table, "rejected_model")])
    return {
        "count": table.num_rows,
        "id": table["id"].to_pylist(),
        "words": [printable(text) for text in _texts(table, "words")],
        "margin": _numbers(table["margin"]),
        "agreement": _numbers(table["agreement"]),
        **{name: _coded(table, name) for name in CODED},
        "models": list(models),
        "chosen": [models[printable(name)] for name in _texts(table, "chosen_model")],
        "rejected": [models[printable(name)] for name in _texts(table, "rejected_model")],
        "differences": _differences(table["differences"], metrics),
    }


def _coded(table: pa.Table, name: str) -> dict[str, Any]:
    names = _names(_texts(table, name))
    return {
        "names": list(names),
        "codes": [names[printable(text)] for text in _texts(table, name)],
    }


def _names(texts: Sequence[str]) -> dict[str, int]:
    """Each name once, by name, with its code."""
    return {name: code for code, name in enumerate(sorted({printable(text) for text in texts}))}


def _texts(table: pa.Table, name: str) -> list[str]:
    texts: list[str] = table[name].to_pylist()
    return texts


def _numbers(column: pa.ChunkedArray) -> list[float | int | None]:
    """Numbers as short as they can be written; None where there is none."""
    return [None if it is None else int(it) if it == int(it) else it for it in column.to_pylist()]


def _differences(column: pa.ChunkedArray, metrics: Sequence[str]) -> dict[str, Any]:
    """A column for each metric with a score on both sides of any pair."""
    found = {}
    for place, metric in enumerate(metrics):
        one = pc.list_element(column, place)
        if one.null_count < len(one) and np.any(pc.fill_null(one, 0).to_numpy()):
            found[metric] = _numbers(one)
    return found
