"""What raters disagree on goes to a named expert once, whose vote decides alone."""

from pathlib import Path

import pytest

from annotate.label_studio import names
from curate.build import build
from curate.workspace import Workspace
from tests.support.label_studio import Live
from tests.support.team import Team, somebody
from tests.support.workspaces import NOW, outcome

pytestmark = pytest.mark.label_studio


def disputed(live: Live, folder: Path) -> Team:
    """Two prompts, on the first of which two people disagree."""
    team = Team.of(live, folder, prompts=2)
    first, second = team.work()
    team.vote("ann", first, "a")
    team.vote("ben", first, "b")
    team.vote("ann", second, "a")
    team.vote("ben", second, "a")
    return team


def adjudicated(team: Team, *options: str) -> dict[str, object]:
    team.user("eve")
    found: dict[str, object] = team.run("adjudicate", "--expert", team.email("eve"), *options)
    return found


def test_a_dispute_is_put_before_the_expert_once(live: Live, tmp_path: Path) -> None:
    team = disputed(live, tmp_path / "work")
    found = adjudicated(team)
    assert (found["compared"], found["disputed"], found["tasks_new"]) == (2, 1, 1)
    (project,) = team.projects("adjudication")
    (task,) = team.tasks(project)
    about, seen = task.data[names.ABOUT], team.work()[0].data[names.ABOUT]
    assert about["prompt_id"] == seen["prompt_id"]
    assert sorted(about["candidate_ids"]) == sorted(seen["candidate_ids"])
    assert about["expert"] == found["expert"]
    assert team.client.projects.get(id=project).maximum_annotations == 1
    assert adjudicated(team)["tasks_new"] == 0
    assert team.email("eve") not in str(team.client.projects.get(id=project))


def test_the_experts_vote_alone_decides_the_pair(live: Live, tmp_path: Path) -> None:
    team = disputed(live, tmp_path / "work")
    adjudicated(team)
    team.vote("eve", team.tasks(team.projects("adjudication")[0])[0], "b")
    assert team.faults(team.run("pull")) == {}
    assert [event.final for event in team.live()].count(True) == 1
    report = build(Workspace.open(team.site.bench.root, ["pairs.min_margin=0"]), now=NOW)
    assert outcome(report) == {("a", "b"), ("b", "a")}
    assert adjudicated(team)["disputed"] == 0


def test_somebody_elses_vote_there_is_ordinary_and_named(live: Live, tmp_path: Path) -> None:
    team = disputed(live, tmp_path / "work")
    adjudicated(team)
    team.vote("cem", team.tasks(team.projects("adjudication")[0])[0], "b")
    assert team.faults(team.run("pull")) == {"not_the_expert": 1}
    assert [event.final for event in team.live()].count(True) == 0
    assert len(team.live()) == 5


def test_an_expert_whom_nobody_knows_is_refused(live: Live, tmp_path: Path) -> None:
    team = Team.of(live, tmp_path / "work")
    ran = team.tried("adjudicate", "--expert", somebody())
    assert ran.code == 1
    assert "nobody signed up as" in ran.err
    assert "curate label invite" in ran.err


def test_a_dry_run_counts_what_was_pulled_and_makes_nothing(live: Live, tmp_path: Path) -> None:
    team = disputed(live, tmp_path / "work")
    assert adjudicated(team, "--dry-run")["compared"] == 0
    team.run("pull")
    found = adjudicated(team, "--dry-run", "--threshold", "1")
    assert (found["compared"], found["disputed"], found["tasks_new"]) == (2, 1, 1)
    assert team.projects("adjudication") == []
