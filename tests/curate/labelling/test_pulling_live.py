"""A pull from a real server holds what its annotators said, and what they changed since."""

from pathlib import Path
from typing import Any

import pytest

from annotate import journal
from annotate.label_studio import names
from annotate.label_studio.config import page
from annotate.label_studio.shape import shape_of
from annotate.label_studio.task import task_data
from curate.labelling.fresh import unpulled_votes
from curate.labelling.pull_state import FOLDER, pulled_versions
from curate.labelling.pulling import pull
from schemas.event import Event
from tests.support.annotations import choices, places, text
from tests.support.label_studio import Live
from tests.support.pages import ASKED, RUBRICS, media_url
from tests.support.workspaces import Bench

pytestmark = pytest.mark.label_studio
RUBRIC = RUBRICS["five-metric"]


def test_votes_edits_skips_and_deletions_come_from_a_real_server(
    live: Live, tmp_path: Path
) -> None:
    bench = Bench(tmp_path / "workspace")
    for question in ("Which?", "Who?", "Why?", "When?"):
        bench.prompt(question, "This.", "That.")
    workspace = bench.write()
    tasks: list[dict[str, Any]] = []
    for asked in bench.prompts.values():
        answers = [it for it in bench.candidates.values() if it.prompt_id == asked.prompt_id]
        tasks.append(task_data(asked, answers, RUBRIC, media_url=media_url))
    shape = shape_of(next(iter(bench.prompts.values())), 2)
    project = live.project(page(RUBRIC, shape, ASKED), tasks)
    numbers = [it["id"] for it in live.client.projects.exports.as_json(project)] or [
        it.id for it in live.client.tasks.list(project=project)
    ]
    variables = {"LABEL_STUDIO_URL": live.url, "LABEL_STUDIO_API_KEY": live.key}

    def events() -> list[Event]:
        paths = sorted(workspace.annotations.glob("label-*.jsonl"))
        return [event for path in paths for event in journal.read(path)]

    annotations = live.client.annotations
    first = annotations.create(id=numbers[0], result=places("21"), lead_time=3.5)
    second = annotations.create(id=numbers[1], result=places("11"))
    bad = [choices(names.VERDICT, names.ALL_BAD), text(names.BETTER, "Neither.")]
    annotations.create(id=numbers[2], result=bad)
    annotations.create(id=numbers[3], result=[], was_cancelled=True)
    unpulled = unpulled_votes(live.server, pulled_versions(workspace))
    report = pull(workspace, variables)
    others = unpulled_votes(live.server, pulled_versions(workspace))  # on others' prompts
    assert others == unpulled - 4
    assert (report.events_new, report.rankings, report.written, report.skipped) == (3, 3, 1, 1)
    assert set(report.faults) <= {"unknown_prompt"}
    assert {it.usage.seconds for it in events() if it.usage} == {3.5}
    assert len({it.rater.id for it in events()}) == 1
    assert "admin@pairwright.invalid" in (workspace.root / FOLDER / "raters.json").read_text()
    assert pull(workspace, variables).events_new == 0

    annotations.update(id=first.id, result=places("12"))
    assert unpulled_votes(live.server, pulled_versions(workspace)) == others + 1
    annotations.delete(id=second.id)
    report = pull(workspace, variables)
    assert (report.events_new, report.edited, report.deleted) == (2, 1, 1)
    assert pull(workspace, variables).events_new == 0

    live.client.tasks.delete(id=str(numbers[2]))
    report = pull(workspace, variables)
    assert (report.events_new, report.deleted) == (1, 1)
    live.client.projects.delete(id=project)
    report = pull(workspace, variables)
    assert (report.events_new, report.projects_gone) == (0, 1)
    ended = {event.supersedes for event in events()}
    (left,) = [it for it in events() if it.event_id not in ended and not it.deleted]
    assert left.verdict == "ranked"
