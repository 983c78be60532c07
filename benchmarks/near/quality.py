"""Recall and precision of edges against the exact similarities of all pairs within families.

CORPUS EDGES: three shares on one line, in a process of its own, since a process that starts others
hands its peak of memory down to them.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.near.result import THRESHOLD
from curate.kernels.jaccard import JACCARD
from curate.kernels.shingles import sketches

PAIRS = 20_000
LARGEST = 600
Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares: true pairs that came into one group, and edges that are true pairs.

    `spaced` is recall among texts that put spaces between words.
    """

    recall: float
    spaced: float
    precision: float


class Truth:
    """The true pairs of a corpus: those within a family with a similarity of THRESHOLD or more."""

    def __init__(self, source: Path) -> None:
        table = pq.read_table(source)
        self.families = table["family"].to_numpy()
        self.spaced = np.array([text.isascii() for text in table["text"].to_pylist()])
        self._sets = self._shingles(table)
        found = [self._near(*block) for block in self._blocks()]
        self.one, self.other = (np.concatenate(side) for side in zip(*found, strict=True))

    def measure(self, edges: Path) -> Quality:
        """What a tool's edges are worth."""
        table = pq.read_table(edges)
        one, other = (table[name].to_numpy().astype(np.int64) for name in ("one_no", "other_no"))
        groups = _groups(len(self.families), one, other)
        joined = groups[self.one] == groups[self.other]
        spaced = self.spaced[self.one]
        drawn = np.random.default_rng(1).permutation(len(one))[: 10 * PAIRS]
        right, _ = self._near(one[drawn], other[drawn])
        return Quality(
            float(joined.mean()), float(joined[spaced].mean()), len(right) / max(len(drawn), 1)
        )

    @staticmethod
    def _shingles(table: pa.Table) -> pa.Array:
        """The set of each text, by its number."""
        given = table.append_column("scope", table["doc_no"])
        rows = pa.Table.from_batches([sketches(1).apply(it) for it in given.to_batches()])
        return rows.sort_by("doc_no")["shingles"].combine_chunks()

    def _blocks(self) -> Iterator[tuple[Array, Array]]:
        """All pairs of each planted family, and of every template with its first."""
        order = np.argsort(self.families, kind="stable")
        bounds = np.flatnonzero(np.diff(self.families[order])) + 1
        one, other, count = [], [], 0
        for members in np.split(order, bounds):
            pairs = combinations(members, 2) if len(members) <= LARGEST else None
            found = list(pairs) if pairs else [(members[0], it) for it in members[1:]]
            one += [pair[0] for pair in found]
            other += [pair[1] for pair in found]
            count += len(found)
            if count > PAIRS:
                yield np.array(one), np.array(other)
                one, other, count = [], [], 0
        yield np.array(one, np.int64), np.array(other, np.int64)

    def _near(self, one: Array, other: Array) -> tuple[Array, Array]:
        """The pairs among these that are near."""
        kept = []
        for start in range(0, len(one), PAIRS):
            ends = (one[start : start + PAIRS], other[start : start + PAIRS])
            columns = [*map(pa.array, ends), *(self._sets.take(pa.array(it)) for it in ends)]
            names = ["one_no", "other_no", "one_shingles", "other_shingles"]
            found = JACCARD.apply(pa.record_batch(columns, names))
            shared, either = (found[name].to_numpy() for name in ("n_shared", "n_either"))
            kept.append(shared >= THRESHOLD * either - 1e-9)
        near = np.concatenate(kept) if kept else np.zeros(0, bool)
        return one[near], other[near]


def _groups(count: int, one: Array, other: Array) -> Array:
    """The smallest number of each text's group."""
    labels = np.arange(count)
    while True:
        low = np.minimum(labels[one], labels[other])
        after = labels.copy()
        np.minimum.at(after, one, low)
        np.minimum.at(after, other, low)
        after = after[after]
        if (after == labels).all():
            return labels
        labels = after


def main(corpus: str, edges: str) -> None:
    """Print recall, recall where words are spaced, and precision."""
    found = Truth(Path(corpus)).measure(Path(edges))
    print(found.recall, found.spaced, found.precision)


if __name__ == "__main__":
    main(*sys.argv[1:])
