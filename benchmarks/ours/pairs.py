"""Ratings to pairs with the build's own statements and no more: WORKSPACE OUT.

Left out is what the other scripts do not do: dedupe, filters, scores, split, drop reasons, audits,
and what stands beside a pair but its texts.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from curate import parameters
from curate.engines.batches import of_equal_size
from curate.engines.duckdb import DuckDBEngine
from curate.event_numbers import journal_files
from curate.steps import load, validate, vote
from curate.views import base_views
from curate.workspace import Workspace
from curate.writing.comparisons import every_second
from schemas.arrow import table_schema

NUMBER = pa.int64()
TEXT = pa.string()
ROWS_AT_ONCE = 2_500
NOTHING_LEFT: dict[str, dict[str, pa.DataType]] = {
    "survivors": {"candidate_no": NUMBER, "survivor_no": NUMBER},
    "boilerplate": {"candidate_no": NUMBER},
    "lost_prompts": {"prompt_no": NUMBER},
    "filtered_prompts": {"prompt_id": TEXT, "name": TEXT},
    "filtered_candidates": {"candidate_id": TEXT, "name": TEXT},
}
ROWS = """
select
    pair_id,
    prompt_keys.prompt_id,
    margin_raw,
    margin,
    agreement,
    n_raters,
    case level_no when 1 then 'human' else 'judge' end as level
from drafts
join prompt_keys using (prompt_no)
order by pair_id
"""
TEXTS = """
select raw_candidates.response
from raw_candidates
join (
    select pair_id, 0 as side, chosen_id as candidate_id from drafts
    union all
    select pair_id, 1 as side, rejected_id as candidate_id from drafts
) as sides
    using (candidate_id)
order by sides.pair_id, sides.side
"""


def write(engine: DuckDBEngine, out: str) -> None:
    """The pairs with their texts, as the build writes them: two streams side by side."""
    rows = engine.connection.cursor().sql(ROWS).to_arrow_reader(ROWS_AT_ONCE)
    texts = engine.connection.cursor().sql(TEXTS).to_arrow_reader(2 * ROWS_AT_ONCE)
    schema = rows.schema.append(pa.field("chosen", TEXT)).append(pa.field("rejected", TEXT))
    pairs = zip(
        of_equal_size(rows, ROWS_AT_ONCE), of_equal_size(texts, 2 * ROWS_AT_ONCE), strict=True
    )
    with pq.ParquetWriter(out, schema, compression="zstd", use_dictionary=["level"]) as writer:
        for batch, answers in pairs:
            sides = [answers["response"].take(every_second(answers, side)) for side in (0, 1)]
            writer.write_batch(pa.record_batch([*batch.columns, *sides], schema=schema))


def main(root: str, out: str) -> None:
    """Write the pairs with their texts, within 320 MB of the engine's unless told otherwise."""
    os.environ.setdefault("PAIRWRIGHT_MEMORY_MB", "320")
    workspace = Workspace.open(root)
    with TemporaryDirectory(dir=Path(out).parent) as scratch:
        engine = DuckDBEngine(Path(scratch), parameters.values(workspace.settings))
        for name, rows in base_views(workspace, Path(scratch)).items():
            engine.define(name, rows.text)
        journals = journal_files(engine, workspace.journals(), Path(scratch))
        engine.read_numbered("raw_events", journals, table_schema("events"))
        for name, table in parameters.tables(workspace.settings, {}).items():
            engine.put(name, table)
        for name, columns in NOTHING_LEFT.items():
            engine.put(name, pa.schema(columns.items()).empty_table())
        load(engine)
        validate(engine)
        engine.run("filter/lost_candidates")
        engine.run("filter/kept_candidates")
        engine.run("score/repeat_raters")
        vote(engine)
        write(engine, out)
        engine.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
