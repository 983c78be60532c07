"""Which prompts go to the judge: routes.parquet where there is one, else [route] default."""

from curate.views import parquet_source
from curate.workspace import Workspace

TO_JUDGE = ("judge", "both")


def judged_prompts(workspace: Workspace) -> str:
    """A SELECT of prompts that the judge is to rate: `prompt_id`, and `candidate_ids` of a route.

    `candidate_ids` are the answers to rate, null for all there are.
    """
    if workspace.routes.is_file():
        source = parquet_source([workspace.routes])
        answers = "candidate_ids" if _names_answers(workspace) else "null::varchar[]"
        return (
            f"select prompt_id, {answers} as candidate_ids from {source} "
            "where \"to\" in ('judge', 'both')"
        )
    asked = workspace.settings.config.route.default in TO_JUDGE
    return (
        "select distinct prompt_id, null::varchar[] as candidate_ids "
        f"from raw_prompts where {str(asked).lower()}"
    )


def _names_answers(workspace: Workspace) -> bool:
    import pyarrow.parquet as pq

    return "candidate_ids" in pq.read_schema(workspace.routes).names
