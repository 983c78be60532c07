"""The pairs themselves, a hundred at a time: texts, votes, provenance, small pictures.

A page opened as a file may load scripts from beside it, but no data; so each chunk is a script that
hands its JSON over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from operator import itemgetter
from os import cpu_count
from pathlib import Path
from typing import Any

import pyarrow as pa

from curate.engines.duckdb import DuckDBEngine
from curate.media.decoding import quiet_decoding
from curate.report.safe_scripts import harmless, script_json
from curate.report.thumbnails import Thumbnails

PAIRS = 100
MOST_PICTURES = 6
"""Media of one prompt that are shown."""


def chunks(engine: DuckDBEngine, small: Thumbnails) -> Iterator[str]:
    """JSON of `{pairs, pictures}` for each hundred pairs, in the order of the index.

    `pictures` maps a medium's sha256 to a data URI; each is there once, and those that cannot be
    shown are left out.
    """
    votes = _Votes(engine)
    with quiet_decoding(), ThreadPoolExecutor(cpu_count() or 1) as threads:
        for batch in engine.batches("report/shown_pairs", PAIRS):
            pictures = _pictures(batch, small, threads)
            pairs = ",".join(_with_votes(batch, votes))
            yield f'{{"pairs":[{harmless(pairs)}],"pictures":{script_json(pictures)}}}'


def write_chunks(
    found: Iterator[str], folder: Path, build: str, tell: Callable[[int], None]
) -> int:
    """Write each chunk as a script into `folder`; return how many. `tell` hears of pairs."""
    count = 0
    for count, made in enumerate(found, 1):
        path = folder / f"{count - 1:04d}.js"
        path.write_text(f'pairwright.chunk("{build}",{count - 1},{made});\n', "utf-8")
        tell(count * PAIRS)
    return count


class _Votes:
    """The votes of one pair after another, read as the pairs are."""

    def __init__(self, engine: DuckDBEngine) -> None:
        rows = (
            row
            for batch in engine.batches("report/shown_votes")
            for row in zip(batch["pair_id"].to_pylist(), batch["vote"].to_pylist(), strict=True)
        )
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, pair_id: str) -> str:
        """The JSON of a pair's votes; pairs are asked for in their order, each once."""
        if self._next is None or self._next[0] != pair_id:
            return "[]"
        told = ",".join(vote for _, vote in self._next[1])
        self._next = next(self._groups, None)
        return f"[{told}]"


def _with_votes(batch: pa.RecordBatch, votes: _Votes) -> Iterator[str]:
    rows = zip(batch["pair_id"].to_pylist(), batch["shown"].to_pylist(), strict=True)
    for pair_id, shown in rows:
        yield f'{shown[:-1]},"votes":{votes.of(pair_id)}}}'


def _pictures(
    batch: pa.RecordBatch, small: Thumbnails, threads: ThreadPoolExecutor
) -> dict[str, str]:
    media = {
        medium["sha256"]: medium
        for shown in batch.column("media").to_pylist()
        for medium in _shown(shown)
    }
    made = zip(media, threads.map(small.uri, media.values()), strict=True)
    return {sha256: uri for sha256, uri in made if uri is not None}


def _shown(media: Sequence[Mapping[str, Any]] | None) -> list[Mapping[str, Any]]:
    return [medium for medium in (media or ())[:MOST_PICTURES] if medium["sha256"]]
