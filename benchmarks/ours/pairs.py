"""Ratings to pairs with the build's own statements and no more: WORKSPACE OUT.

Left out is what the other scripts do not do: dedupe, filters, scores, split, drop reasons, audits,
and what stands beside a pair but its texts.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from curate import parameters
from curate.engines.duckdb import DuckDBEngine
from curate.steps import load, validate, vote
from curate.views import base_views
from curate.workspace import Workspace

NUMBER = pa.int64()
TEXT = pa.string()
NOTHING_LEFT: dict[str, dict[str, pa.DataType]] = {
    "survivors": {"candidate_no": NUMBER, "survivor_no": NUMBER},
    "filtered_prompts": {"prompt_id": TEXT, "name": TEXT},
    "filtered_candidates": {"candidate_id": TEXT, "name": TEXT},
}
WITH_TEXTS = """
copy (
    select
        drafts.pair_id,
        prompt_keys.prompt_id,
        chosen.response as chosen,
        rejected.response as rejected,
        drafts.margin_raw,
        drafts.margin,
        drafts.agreement,
        drafts.n_raters,
        case drafts.level_no when 1 then 'human' else 'judge' end as level
    from drafts
    join prompt_keys using (prompt_no)
    join raw_candidates as chosen
        on chosen.candidate_id = drafts.chosen_id
    join raw_candidates as rejected
        on rejected.candidate_id = drafts.rejected_id
    order by drafts.pair_id
) to '{out}' (format parquet, compression zstd)
"""


def main(root: str, out: str) -> None:
    """Write the pairs with their texts."""
    workspace = Workspace.open(root)
    with TemporaryDirectory(dir=Path(out).parent) as scratch:
        engine = DuckDBEngine(Path(scratch), parameters.values(workspace.settings))
        for name, rows in base_views(workspace, Path(scratch)).items():
            engine.define(name, rows.text)
        for name, table in parameters.tables(workspace.settings, {}).items():
            engine.put(name, table)
        for name, columns in NOTHING_LEFT.items():
            engine.put(name, pa.schema(columns.items()).empty_table())
        load(engine)
        validate(engine)
        engine.run("filter/kept_candidates")
        engine.run("score/repeat_raters")
        vote(engine)
        engine.connection.execute(WITH_TEXTS.format(out=out))
        engine.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
