"""The build's exact dedupe, from the pull's files to the list of copies. WORKSPACE."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from curate import parameters
from curate.engines.duckdb import DuckDBEngine
from curate.steps import dedupe
from curate.views import base_views
from curate.workspace import Workspace

NUMBER = pa.int64()
NO_VOTES: dict[str, dict[str, pa.DataType]] = {
    "event_answers": {"candidate_no": NUMBER},
    "ratings_kept": {
        "event_no": NUMBER,
        "candidate_no": NUMBER,
        "scale_no": NUMBER,
        "value_units": NUMBER,
    },
    "event_units": {"event_no": NUMBER, "unit_no": NUMBER},
    "tier_places": {"event_no": NUMBER, "candidate_no": NUMBER, "tier_no": NUMBER},
    "live_events": {"event_no": NUMBER, "confirmed": pa.bool_()},
}


def main(root: str) -> None:
    """Find the copies and print how many there are."""
    workspace = Workspace.open(root)
    with TemporaryDirectory() as scratch:
        engine = DuckDBEngine(Path(scratch), parameters.values(workspace.settings))
        views = base_views(workspace, Path(scratch))
        for name in ("raw_prompts", "raw_candidates"):
            engine.define(name, views[name].text)
        for name, columns in NO_VOTES.items():
            engine.put(name, pa.schema(columns.items()).empty_table())
        for name in ("prompt_keys", "candidate_keys"):
            engine.run(f"load/{name}")
        dedupe(engine)
        sys.stdout.write(f"{engine.count('survivors')} copies\n")
        engine.close()


if __name__ == "__main__":
    main(sys.argv[1])
