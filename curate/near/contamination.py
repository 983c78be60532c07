"""Prompts that a benchmark has: by their picture, by their text, or by a part of both."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from curate.engines.base import Engine
from curate.kernels.shingles import TOKENS
from curate.near.prompts import INFORMATIVE_TOKENS, find_common_items
from curate.near.signed import SIGNATURES, Signed

FEWEST_SHINGLES = 3
"""Runs of words that a text needs for half of it to be a sign."""

UNREAD = pa.schema([("benchmark", pa.string()), ("reason", pa.string()), ("n_rows", pa.int64())])
NUMBERED = pa.schema([("sign_no", pa.int64()), ("benchmark", pa.string()), *SIGNATURES])


def take_signatures(engine: Engine, signed: Mapping[str, Signed], scratch: Path) -> None:
    """Leave `signatures` (NUMBERED) of benchmarks by name, and `benchmark_looks`, what they show.

    `unread_benchmarks` says what of them could not be read.
    """
    unread = [(name, *it) for name, found in signed.items() for it in found.unread.items()]
    columns = list(zip(*unread, strict=True)) or [(), (), ()]
    engine.put("unread_benchmarks", pa.table(list(map(list, columns)), schema=UNREAD))
    if not signed:
        engine.run("media/no_benchmark_looks", "benchmark_looks")
        return
    path, count = scratch / "signatures.parquet", 0
    with pq.ParquetWriter(path, NUMBERED) as writer:
        for name, found in signed.items():
            table = found.table
            numbers = pa.array(range(count + 1, count + 1 + table.num_rows), pa.int64())
            names = pa.array([name] * table.num_rows, pa.string())
            writer.write_table(pa.table([numbers, names, *table.columns], schema=NUMBERED))
            count += table.num_rows
    engine.read("signatures", [path], NUMBERED)
    engine.run("decontaminate/benchmark_looks")


def drop_contaminated(engine: Engine) -> None:
    """Add to `lost_prompts` the prompts that a benchmark has, each with the benchmark's row.

    Reads `signatures`, what grouping the prompts and what clustering the media left.
    """
    engine.values |= {
        "telling_shingles": INFORMATIVE_TOKENS - TOKENS + 1,
        "fewest_shingles": FEWEST_SHINGLES,
    }
    find_common_items(engine, "select doc_no, shingles as items from prompt_sketches")
    engine.run("decontaminate/text_overlaps")
    engine.run("decontaminate/picture_overlaps")
    engine.append("decontaminate/lost_prompts")
    engine.drop("common_items", "text_overlaps", "picture_overlaps")
