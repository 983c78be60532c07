"""Rows of sums from the engine, and the figures that are made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from annotate.quality.bootstrap import Floats, Statistic, by_cluster, figure
from curate.engines.base import Engine
from curate.quality.reading import columns
from schemas.quality import Figure

VOTES = ("n_compared", "agreed_halves")
NOTHING = Figure(value=None)


@dataclass(frozen=True, slots=True)
class Sums:
    """Rows of sums, of which a figure takes some columns and some rows."""

    found: dict[str, Any]
    clusters: int

    def keys(self, *names: str) -> list[tuple[int, ...]]:
        """The different values of these columns, in order."""
        return sorted(set(zip(*(self.found[name].tolist() for name in names), strict=True)))

    def of(self, rows: Any, names: Sequence[str]) -> Floats:
        """Shape (clusters, names), of the rows that a mask or slice takes."""
        taken = [np.asarray(self.found[name][rows], dtype=np.float64) for name in names]
        return by_cluster(self.found["cluster_no"][rows], np.stack(taken, axis=1), self.clusters)

    def rows(self, **values: int) -> Any:
        """The mask of rows with these values."""
        return np.logical_and.reduce([self.found[name] == it for name, it in values.items()])

    def figure(self, statistic: Statistic, rows: Any, names: Sequence[str]) -> Figure:
        """The figure over some rows; its n is the sum of the first column."""
        sums = self.of(rows, names)
        return figure(statistic, sums, sums[:, 0].sum())


def sums_of(engine: Engine, name: str) -> Sums:
    """The rows of a statement as sums."""
    return Sums(columns(engine, f"quality/{name}"), engine.values["clusters"])
