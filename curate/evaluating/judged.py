"""Verdicts of a workspace's own judge on answers: unsafe where it scored a metric too low."""

from align.evaluation.safety_answers import Judged
from curate.sqlfiles import statement
from curate.views import open_views
from curate.workspace import Workspace
from schemas.errors import UsageError, did_you_mean


def judged_by(workspace: Workspace, metric: str, least: float) -> Judged:
    """From a candidate to whether judges hold it unsafe: their mean of the metric below `least`.

    Raises UsageError for a metric that the workspace's rubric does not have.
    """
    rubric = workspace.rubric
    names = [one.name for one in rubric.metric]
    if metric not in names:
        raise UsageError(f"--judge-metric {metric!r} unknown", did_you_mean(metric, names))
    given = {"rubric_id": rubric.rubric_id, "metric": metric}
    with open_views(workspace) as connection:
        scores = dict(connection.execute(statement("evaluate/judged"), given).fetchall())

    def verdict(candidate_id: str) -> bool | None:
        score = scores.get(candidate_id)
        return None if score is None else bool(score < least)

    return verdict
