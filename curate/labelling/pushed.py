"""What people were asked for, as the last push left it: `curate status` counts by it, offline.

The server's own task list is the truth, and each push writes this anew from it.
"""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from curate.engines.duckdb import DuckDBEngine
from curate.labelling.pull_state import FOLDER, state_folder
from curate.labelling.status_raters import ANNOTATORS
from curate.workspace import Workspace
from schemas.errors import WorkspaceError

PUSHED = "pushed.parquet"
SCHEMA = pa.schema([("prompt_id", pa.string()), ("raters", pa.int32())])
VOTERS = """
select
    prompts.prompt_id,
    count(distinct rater.id) filter (regexp_full_match(rater.id, $people))
from prompts
left join events
    on events.prompt_id = prompts.prompt_id
    and failure is null
    and reviews is null
    and expands is null
group by prompts.prompt_id
"""


def keep_pushed(workspace: Workspace, engine: DuckDBEngine) -> None:
    """Write down what people are asked for now: the engine's `asked`, and `tasks` that were sent.

    Tasks of another purpose than work are nothing that a prompt waits for.
    """
    path = state_folder(workspace) / PUSHED
    part = path.with_suffix(".part")
    engine.write("label/pushed", part, SCHEMA)
    part.replace(path)


def wanted_of_people(workspace: Workspace, connection: duckdb.DuckDBPyConnection) -> int | None:
    """How many votes people were asked for and have not given; null before the first push.

    `connection` has the workspace's views. Prompts that are gone are not counted. Raises
    WorkspaceError where what a push left is damaged.
    """
    path = workspace.root / FOLDER / PUSHED
    if not path.is_file():
        return None
    voters: dict[str, int] = dict(connection.execute(VOTERS, {"people": ANNOTATORS}).fetchall())
    try:
        asked = pq.read_table(path, schema=SCHEMA).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise WorkspaceError(
            f"{path}: {error}", "remove it; the next curate label push writes it anew"
        ) from error
    return sum(
        max(0, (row["raters"] or 0) - voters[row["prompt_id"]])
        for row in asked
        if row["prompt_id"] in voters
    )
