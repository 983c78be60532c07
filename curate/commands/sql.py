"""`curate sql`: one read-only query over the workspace's tables."""

from typing import Annotated

import typer

from curate.console import Console
from curate.options import HERE, DebugOption, JsonOption, SetOption, WorkspaceOption
from schemas.counted import counted


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SELECT statement.")],
    workspace: WorkspaceOption = HERE,
    limit: Annotated[
        int, typer.Option(min=1, metavar="N", help="Print at most so many rows.")
    ] = 100,
    overrides: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Run one SELECT over the workspace's tables.

    They are prompts, candidates, routes, events, ratings, rankings, failures, and of the latest
    build pairs, ties, dropped and scores. A query can read them and nothing else, and writes
    nothing.
    """
    from curate.query import run
    from curate.workspace import Workspace

    console = Console(as_json=as_json)
    answer = run(Workspace.open(workspace, overrides or ()), query, limit)
    console.table("", answer.columns, answer.rows, grouped=False)
    if not answer.rows:
        console.say("(no rows)")
    if answer.more:
        console.say(f"(the first {counted(limit, 'row')}; --limit shows more)")
    console.result(
        {
            "columns": answer.columns,
            "rows": [list(row) for row in answer.rows],
            "more": answer.more,
        }
    )
