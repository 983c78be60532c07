"""Write the generated set below a folder, the same bytes for the same size and seed.

sealed/ lines/   workspaces with the same prompts, answers and events: as Parquet, as journals
copies/          a workspace in which one answer in ten is a copy of another of its prompt
tables/          ratings.parquet and ratings.jsonl, the long table that other libraries read,
beside candidates.parquet
"""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.answers import write_answers, write_prompts
from benchmarks.arrays import Ids, ids
from benchmarks.lines import journal_lines, rating_lines
from benchmarks.votes import ANSWERS, AT, Votes
from curate.init import create
from schemas.arrow import table_schema, to_table
from schemas.manifest import PullManifest
from schemas.pair import DroppedRow

BLOCK = 10_000


@dataclass(frozen=True, slots=True)
class Size:
    """How large the set is; people leave a share `judge_only` of the prompts to the judge."""

    prompts: int
    seed: int = 0
    judge_only: float = 0.0


def generate(out: Path, size: Size) -> None:
    """Write everything below `out`, which must not be there yet."""
    rng = np.random.default_rng([size.seed, 0])
    prompt_ids = np.sort(ids(rng, size.prompts))
    candidate_ids = ids(rng, size.prompts * ANSWERS).reshape(size.prompts, ANSWERS)
    sealed, lines, copies = (new_workspace(out / name) for name in ("sealed", "lines", "copies"))
    write_prompts(sealed / "prompts.parquet", prompt_ids, size.seed)
    write_answers(sealed / "candidates.parquet", prompt_ids, candidate_ids, size.seed)
    write_answers(copies / "candidates.parquet", prompt_ids, candidate_ids, size.seed, copies=True)
    (out / "tables").mkdir()
    for name, folder in (("prompts", lines), ("candidates", lines), ("prompts", copies)):
        os.link(sealed / f"{name}.parquet", folder / f"{name}.parquet")
    _write_plain(sealed / "candidates.parquet", out / "tables" / "candidates.parquet")
    _write_votes(out, _blocks(size, prompt_ids, candidate_ids))


def _blocks(size: Size, prompt_ids: Ids, candidate_ids: Ids) -> Iterator[Votes]:
    for start in range(0, size.prompts, BLOCK):
        rng = np.random.default_rng([size.seed, 1, start])
        block = slice(start, start + BLOCK)
        yield Votes.drawn(rng, prompt_ids[block], candidate_ids[block], size.judge_only)


def _write_votes(out: Path, blocks: Iterator[Votes]) -> None:
    """The same votes in their four forms, a block at a time."""
    with ExitStack() as open_files:
        events = open_files.enter_context(
            pq.ParquetWriter(
                out / "sealed" / "annotations" / "votes.parquet",
                table_schema("events"),
                compression="zstd",
            )
        )
        journal = open_files.enter_context(
            (out / "lines" / "annotations" / "votes.jsonl").open("w", encoding="utf-8")
        )
        long = open_files.enter_context(
            (out / "tables" / "ratings.jsonl").open("w", encoding="utf-8")
        )
        ratings: pq.ParquetWriter | None = None
        for votes in blocks:
            table = votes.ratings()
            if ratings is None:
                path = out / "tables" / "ratings.parquet"
                ratings = open_files.enter_context(
                    pq.ParquetWriter(path, table.schema, compression="zstd")
                )
            ratings.write_table(table)
            events.write_table(votes.events())
            journal.writelines(journal_lines(votes))
            long.writelines(rating_lines(votes))


def _write_plain(source: Path, target: Path) -> None:
    """Ids and texts of a table of candidates, without columns that not every reader knows."""
    columns = ["prompt_id", "candidate_id", "response"]
    schema = pa.schema([(name, pa.string()) for name in columns])
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in pq.ParquetFile(source).iter_batches(BLOCK, columns=columns):
            writer.write_batch(batch.cast(schema))


def new_workspace(folder: Path) -> Path:
    """An empty workspace with one pull; the pull's folder."""
    pull = create(folder).pulls / "bench"
    pull.mkdir()
    pq.write_table(to_table([], DroppedRow), pull / "dropped.parquet")
    manifest = PullManifest(
        pull_id="bench",
        source="bench",
        revision=None,
        licence="CC0-1.0",
        format="native",
        map={},
        counts={},
        dropped={},
        digest="0" * 64,
        version="0",
        at=AT,
    )
    (pull / "pull.json").write_text(manifest.model_dump_json(), "utf-8")
    return pull


if __name__ == "__main__":
    generate(Path(sys.argv[1]), Size(int(sys.argv[2])))
