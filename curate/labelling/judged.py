"""What judges said of the answers of the tasks to send, for pages that begin with it."""

import pyarrow as pa

from curate.engines.duckdb import DuckDBEngine

SCORE = pa.struct(
    [
        ("candidate_id", pa.string()),
        ("metric", pa.string()),
        ("units", pa.int64()),
        ("n_scores", pa.int64()),
    ]
)
SCHEMA = pa.schema([("prompt_id", pa.string()), ("scores", pa.list_(SCORE))])


def look_judged(engine: DuckDBEngine) -> None:
    """Fill `judged` with the scores of the prompts in `tasks`, by the workspace's rubric."""
    engine.run("label/vote_events")
    engine.run("label/judged")


def nothing_judged(engine: DuckDBEngine) -> None:
    """Leave `judged` empty: annotators begin with an empty page."""
    engine.put("judged", SCHEMA.empty_table())
