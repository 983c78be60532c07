"""The means beside the two answers of a pair, as maps from metric to mean.

Collecting millions of small lists costs an engine ten times what sorting their rows does. So rows
are sorted, and maps are cut out of them by where each begins.
"""

import numpy as np
import pyarrow as pa

from curate.engines.base import NARROW_ROWS, Engine
from curate.engines.batches import Ordered
from export.buffers import Ints, int32, integers, mask_array, starts_of, strings
from schemas.arrow import table_schema

ROWS = pa.schema(
    [
        ("place", pa.int32()),
        ("side", pa.int32()),
        ("metric_no", pa.int32()),
        table_schema("scores").field("value"),
    ]
)


class ScoreMaps:
    """`chosen_scores` and `rejected_scores` of pairs or ties, asked for in the order of places."""

    def __init__(self, engine: Engine) -> None:
        self._metrics = strings([str(metric) for _no, metric in engine.rows("write/shown_metrics")])
        batches = engine.batches("write/pair_scores", NARROW_ROWS)
        self._rows = Ordered(batches, ROWS, "place")

    def of(self, places: pa.Array) -> dict[str, pa.MapArray]:
        """The maps of places that follow one another, empty where a side has no means.

        Of several means of a side and metric the first counts.
        """
        first, last = places[0].as_py(), places[-1].as_py()
        found = self._rows.up_to(last)
        sides = 2 * (integers(found["place"]) - first) + integers(found["side"])
        metrics = integers(found["metric_no"])
        is_first = np.ones(len(sides), dtype=np.bool_)
        is_first[1:] = (sides[1:] != sides[:-1]) | (metrics[1:] != metrics[:-1])
        counts = np.bincount(sides[is_first], minlength=2 * len(places))
        if len(counts) > 2 * len(places) or last - first + 1 != len(places):
            raise ValueError("scores are not of the places that they stand beside")
        maps = {}
        for side, name in enumerate(("chosen_scores", "rejected_scores")):
            taken = found.filter(mask_array(is_first & (sides % 2 == side)))
            maps[name] = self._maps(starts_of(counts[side::2]), taken)
        return maps

    def _maps(self, starts: Ints, found: pa.RecordBatch) -> pa.MapArray:
        keys = self._metrics.take(found["metric_no"])
        return pa.MapArray.from_arrays(int32(starts), keys, found["value"])

    def expect_none_left(self) -> None:
        """Raises ValueError where there are means of places that nobody asked for."""
        if not self._rows.is_empty():
            raise ValueError("there are scores of pairs that are not there")
