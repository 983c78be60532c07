"""Which prompts go to the judge: routes.parquet where there is one, else [route] default."""

from annotate.routing import TO_JUDGE
from curate.engines.duckdb import DuckDBEngine
from curate.selection import routes_are_older
from curate.views import parquet_source
from curate.workspace import Workspace
from schemas.counted import counted


def route_first(workspace: Workspace) -> None:
    """Make routes.parquet from the config where there is none, and prompts to route."""
    from curate.routing.routes import ensure_routes

    if workspace.pull_folders():
        ensure_routes(workspace)


def judged_prompts(workspace: Workspace) -> str:
    """A SELECT of prompts that the judge is to rate: `prompt_id`, and `candidate_ids` of a route.

    `candidate_ids` are the answers to rate where people were shown them, null for all there are.
    """
    if workspace.routes.is_file():
        frozen = _columns(workspace) >= {"candidate_ids", "frozen"}
        answers = "case when frozen then candidate_ids end" if frozen else "null::varchar[]"
        return (
            f"select prompt_id, {answers} as candidate_ids "
            f"from {parquet_source([workspace.routes])} where \"to\" in ('judge', 'both')"
        )
    asked = workspace.settings.config.route.default in TO_JUDGE
    chosen = (
        f"semi join {parquet_source([workspace.selected])} using (prompt_id) "
        if workspace.selected.is_file()
        else ""
    )
    return (
        "select distinct prompt_id, null::varchar[] as candidate_ids "
        f"from raw_prompts {chosen}where {str(asked).lower()}"
    )


def unrouted(workspace: Workspace, engine: DuckDBEngine) -> list[str]:
    """A warning where prompts are not judged because they came after the routes."""
    if not workspace.routes.is_file():
        if workspace.settings.config.route.rule:
            return ["there are rules and no routes yet, so all goes by the default: curate route"]
        return []
    if routes_are_older(workspace):
        return ["the routes go by another selection than there is now: run curate route"]
    engine.define("routed", f"select prompt_id from {parquet_source([workspace.routes])}")
    count = engine.rows("judge/unrouted")[0][0]
    if not count:
        return []
    return [
        counted(
            count,
            "prompt has no route yet and is not judged: run curate route",
            "prompts have no route yet and are not judged: run curate route",
        )
    ]


def _columns(workspace: Workspace) -> set[str]:
    import pyarrow.parquet as pq

    return set(pq.read_schema(workspace.routes).names)
