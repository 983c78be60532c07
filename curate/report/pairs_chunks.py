"""The pairs themselves, a hundred at a time: texts, votes, provenance, small pictures.

A page opened as a file may load scripts from beside it, but no data; so each chunk is a script that
hands its JSON over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from os import cpu_count
from pathlib import Path
from typing import Any

import pyarrow as pa

from curate.engines.duckdb import DuckDBEngine
from curate.media.decoding import quiet_decoding
from curate.report.safe_scripts import harmless, script_json
from curate.report.thumbnails import thumbnail

PAIRS = 100
MOST_PICTURES = 6
"""Media of one prompt that are shown."""


def chunks(engine: DuckDBEngine, store: Path, side: int) -> Iterator[str]:
    """JSON of `{pairs, pictures}` for each hundred pairs, in the order of the index.

    `pictures` maps a medium's sha256 to a data URI of at most `side` pixels a side; each is there
    once, and those that cannot be shown are left out.
    """
    engine.run("report/votes")
    with quiet_decoding(), ThreadPoolExecutor(cpu_count() or 1) as threads:
        for batch in engine.batches("report/shown_pairs", PAIRS):
            pictures = _pictures(batch, partial(thumbnail, store, side=side), threads)
            pairs = ",".join(batch.column("shown").to_pylist())
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


def _pictures(
    batch: pa.RecordBatch,
    small: Callable[[Mapping[str, Any]], str | None],
    threads: ThreadPoolExecutor,
) -> dict[str, str]:
    media = {
        medium["sha256"]: medium
        for shown in batch.column("media").to_pylist()
        for medium in _shown(shown)
    }
    made = zip(media, threads.map(small, media.values()), strict=True)
    return {sha256: uri for sha256, uri in made if uri is not None}


def _shown(media: Sequence[Mapping[str, Any]] | None) -> list[Mapping[str, Any]]:
    return [medium for medium in (media or ())[:MOST_PICTURES] if medium["sha256"]]
