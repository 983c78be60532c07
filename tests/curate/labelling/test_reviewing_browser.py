"""A reviewer and an expert at their pages in a real browser, and what comes of what they press."""

from pathlib import Path
from typing import Any

import pytest

from annotate.label_studio import names
from curate.build import build
from curate.workspace import Workspace
from tests.support import hostile
from tests.support.label_studio import Live
from tests.support.labeller import Labeller
from tests.support.team import Team
from tests.support.workspaces import NOW, outcome

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]
ALL = ("review", "--share", "1")


def at(live: Live, chromium: Any, team: Team, name: str) -> Labeller:
    """Somebody who has just signed up."""
    return Labeller.signed_up(live, chromium, team.email(name))


def test_one_vote_is_accepted_and_another_returned_and_given_anew(
    live: Live, chromium: Any, tmp_path: Path
) -> None:
    team = Team.of(live, tmp_path / "work", prompts=2, raters=1)
    rater, reviewer = at(live, chromium, team, "ann"), at(live, chromium, team, "eve")
    for task in team.work():
        team.vote("ann", task, "a", why="It is longer.")
    team.run(*ALL)
    (project,) = team.projects("review")

    reviewer.open(project)
    assert "Order: " in reviewer.page.locator(".pw-vote").inner_text()
    assert "Why: It is longer." in reviewer.page.locator(".pw-vote").inner_text()
    assert "Good 4" in reviewer.page.locator(".pw-right").inner_text()
    assert "Accept the vote or return it" in str(reviewer.submit())
    reviewer.press("a")
    assert reviewer.submit() is None
    reviewer.open(project)
    reviewer.press("r")
    assert "Say what is to be mended" in str(reviewer.submit())
    reviewer.write("What is to be mended?", "Is it <b>really</b> better?")
    assert reviewer.submit() is None
    assert reviewer.complaints == []

    assert team.run(*ALL)["now"] == {"accepted": 1, "returned": 1}
    assert len(team.live()) == 1
    (work,) = team.projects("work")
    rater.open(work)
    note = rater.page.locator(".pw-note")
    assert note.inner_text() == "Returned by a reviewer: Is it <b>really</b> better?"
    assert note.bounding_box()["y"] < rater.page.locator(".pw-turns").bounding_box()["y"]
    rater.press("2q")
    rater.score_all(0)
    assert rater.submit() is None
    team.run("pull")
    assert sorted(vote.rationale or "" for vote in team.live()) == ["", "It is longer."]
    assert {vote.rater.id for vote in team.live()} == {team.live()[0].rater.id}
    rater.close()
    reviewer.close()


def test_an_adjudicated_vote_is_final_and_decides_the_pair(
    live: Live, chromium: Any, tmp_path: Path
) -> None:
    team = Team.of(live, tmp_path / "work")
    expert = at(live, chromium, team, "eve")
    (task,) = team.work()
    for name, best in (("ann", "a"), ("ben", "a"), ("cem", "b")):
        team.vote(name, task, best)
    options = ("adjudicate", "--expert", team.email("eve"), "--threshold", "0.4")
    assert team.run(*options)["tasks_new"] == 1
    (project,) = team.projects("adjudication")
    expert.open(project)
    expert.press("1w" if team.order(team.tasks(project)[0], "b") == "12" else "2q")
    expert.score_all(3)
    assert expert.submit() is None
    team.run("pull")
    assert [vote.final for vote in team.live()].count(True) == 1
    report = build(Workspace.open(team.site.bench.root, ["pairs.min_margin=0"]), now=NOW)
    assert outcome(report) == {("b", "a")}
    expert.close()


def test_what_a_rater_wrote_is_shown_to_a_reviewer_and_never_run(
    live: Live, chromium: Any, tmp_path: Path
) -> None:
    team = Team.of(live, tmp_path / "work", raters=1)
    (task,) = team.work()
    written = "\n".join(hostile.texts())
    team.vote("ann", task, why=written)
    team.run(*ALL)
    found = Labeller.signed_in(live, chromium)
    found.open(team.projects("review")[0])
    shown = found.page.locator(".pw-vote").inner_text()
    assert "<script>document.title='owned'</script>" in shown
    assert found.page.title() != "owned"
    assert found.page.locator(".pw iframe, .pw script, .pw-vote a, .pw-vote img").count() == 0
    assert [it for it in found.requests if not it.startswith((live.url, "data:", "blob:"))] == []
    assert names.ABOUT not in found.page.locator(".pw").inner_text()
    found.close()
