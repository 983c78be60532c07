"""`curate sql`: one read-only query over the workspace's tables."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SELECT statement.")],
    workspace: WorkspaceOption = HERE,
    limit: Annotated[int, typer.Option(min=1, help="Print at most so many rows.")] = 100,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Run one SELECT over prompts, candidates, events, ratings, rankings, failures, pairs, ties,
    dropped and scores. It can read those tables and nothing else.
    """
    from curate.query import run
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    answer = run(Workspace.open(workspace, overrides or ()), query, limit)
    console.table("", answer.columns, answer.rows)
    if answer.more:
        console.say(f"(the first {limit} rows; --limit shows more)")
    console.result(
        {
            "columns": answer.columns,
            "rows": [list(row) for row in answer.rows],
            "more": answer.more,
        }
    )
