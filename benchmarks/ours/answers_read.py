"""Reading a workspace's answers and no more: every value is looked at once. WORKSPACE."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from curate.engines.duckdb import DuckDBEngine
from curate.views import base_views
from curate.workspace import Workspace

READ = """
select sum(hash(prompt_id)), sum(hash(candidate_id)), sum(hash(response))
from raw_candidates
"""


def main(root: str) -> None:
    """Read them."""
    with TemporaryDirectory() as scratch:
        engine = DuckDBEngine(Path(scratch), {})
        views = base_views(Workspace.open(root), Path(scratch))
        engine.define("raw_candidates", views["raw_candidates"].text)
        engine.connection.execute(READ).fetchall()
        engine.close()


if __name__ == "__main__":
    main(sys.argv[1])
