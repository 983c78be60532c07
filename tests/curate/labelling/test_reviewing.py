"""A share of everybody's votes is put before an expert, and what the expert says is carried out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from label_studio_sdk.annotations.client import AnnotationsClient
from label_studio_sdk.tasks.client import TasksClient

from annotate.label_studio import names
from curate.labelling import reviewing, reviewing_settle
from curate.workspace import Workspace
from tests.support.label_studio import Live
from tests.support.team import Team

pytestmark = pytest.mark.label_studio
ALL = ("review", "--share", "1")


def voted(live: Live, folder: Path, prompts: int = 1) -> Team:
    """One person's vote on each of the prompts."""
    team = Team.of(live, folder, prompts, raters=1)
    for task in team.work():
        team.vote("ann", task, why="Because of <b>this</b>.")
    return team


def rater_of(team: Team) -> str:
    """The pseudonym of the only person who voted."""
    (rater,) = {event.rater.id for event in team.events() if not event.reviews}
    return rater


def test_a_share_of_the_votes_is_shown_without_a_name(live: Live, tmp_path: Path) -> None:
    team = voted(live, tmp_path / "work", prompts=3)
    found = team.run("review", "--share", "0.4")
    assert (found["tasks_new"], found["open"], found["lost"]) == (2, 2, 0)
    assert found["raters"] == [{"rater": rater_of(team), "votes": 3, "drawn": 0, "missing": 2}]
    tasks = team.reviews()
    drawn = {task.data[names.ABOUT]["reviews"] for task in tasks}
    assert len(drawn) == 2
    assert drawn < {event.event_id for event in team.events()}
    for task in tasks:
        assert "Because of &lt;b&gt;this" in task.data[names.VOTE]
        assert team.email("ann") not in str(task.data)
    again = team.run("review", "--share", "0.4")
    assert (again["tasks_new"], again["open"]) == (0, 2)


def test_an_accepted_vote_stands_and_is_told_once(live: Live, tmp_path: Path) -> None:
    team = voted(live, tmp_path / "work")
    team.run(*ALL)
    team.judge("eve", team.reviews()[0])
    assert team.run(*ALL)["now"] == {"accepted": 1}
    again = team.run(*ALL)
    assert (again["now"], again["all"], again["open"]) == ({}, {"accepted": 1}, 0)
    assert len(team.live()) == 1


def test_a_returned_vote_is_taken_back_and_its_task_is_open_again(
    live: Live, tmp_path: Path
) -> None:
    team = voted(live, tmp_path / "work")
    team.run(*ALL)
    team.judge("eve", team.reviews()[0], note="Look <i>again</i>.")
    found = team.run(*ALL)
    assert (found["now"], found["tasks_new"]) == ({"returned": 1}, 0)
    assert team.live() == []
    (task,) = team.work()
    assert not task.is_labeled
    assert "Look &lt;i&gt;again&lt;/i&gt;." in task.data["conversation"]
    team.vote("ann", task, "b")
    again = team.run(*ALL)
    assert (again["now"], again["tasks_new"]) == ({}, 1)
    (vote,) = team.live()
    assert "Look &lt;i&gt;again" in team.reviews()[-1].data["conversation"]
    assert team.reviews()[-1].data[names.ABOUT]["reviews"] == vote.event_id


@pytest.mark.parametrize("note", ["", "Mend it."], ids=["accepted", "returned"])
@pytest.mark.parametrize("change", ["edited", "deleted"])
def test_a_word_on_a_vote_that_is_another_by_now_is_void(
    live: Live, tmp_path: Path, note: str, change: str
) -> None:
    team = Team.of(live, tmp_path / "work", raters=1)
    (task,) = team.work()
    vote = team.vote("ann", task)
    team.run(*ALL)
    if change == "edited":
        team.client.annotations.update(id=vote, result=[])
    else:
        team.client.annotations.delete(id=vote)
    team.judge("eve", team.reviews()[0], note=note)
    assert team.run(*ALL)["now"] == {"void": 1}
    assert "pw-note" not in team.work()[0].data["conversation"]


def test_a_review_of_ones_own_vote_is_counted_and_not_taken(live: Live, tmp_path: Path) -> None:
    team = voted(live, tmp_path / "work")
    team.run(*ALL)
    team.judge("ann", team.reviews()[0], note="I was wrong.")
    found = team.run(*ALL)
    assert (found["own_votes"], found["now"], found["open"]) == (1, {}, 1)
    assert len(team.live()) == 1


def test_a_dry_run_changes_nothing(live: Live, tmp_path: Path) -> None:
    team = voted(live, tmp_path / "work", prompts=2)
    assert team.run(*ALL, "--dry-run")["tasks_new"] == 0
    team.run("pull")
    assert team.run(*ALL, "--dry-run")["tasks_new"] == 2
    assert team.reviews() == []
    team.run("review", "--share", "0.5")
    team.judge("eve", team.reviews()[0], note="Mend it.")
    team.run("pull")
    found = team.run(*ALL, "--dry-run")
    assert (found["waiting"], found["now"], found["tasks_new"]) == (1, {}, 1)
    assert len(team.live()) == 2


def test_without_a_share_nothing_is_drawn_and_decisions_are_carried_out(
    live: Live, tmp_path: Path
) -> None:
    team = voted(live, tmp_path / "work")
    team.run(*ALL)
    team.judge("eve", team.reviews()[0])
    found = team.run("review")
    assert (found["share"], found["tasks_new"], found["now"]) == (0, 0, {"accepted": 1})


class Killed(BaseException):
    pass


def kill(*_given: Any, **_options: Any) -> None:
    raise Killed


def after(real: Callable[..., Any]) -> Callable[..., Any]:
    """Killed when it was done."""

    def done(*given: Any, **options: Any) -> Any:
        real(*given, **options)
        raise Killed

    return done


STEPS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "before the note": (TasksClient, "update", kill),
    "before the deletion": (AnnotationsClient, "delete", kill),
    "after the deletion": (AnnotationsClient, "delete", after(AnnotationsClient.delete)),
    "before the mark": (reviewing_settle, "mark", kill),
    "before the tombstone": (reviewing, "_draw", kill),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_return_that_was_killed_is_gone_on_with(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    team = voted(live, tmp_path / "work")
    team.run(*ALL)
    team.judge("eve", team.reviews()[0], note="Mend it.")
    workspace = Workspace.open(team.site.bench.root)
    with monkeypatch.context() as patch:
        patch.setattr(*STEPS[step])
        with pytest.raises(Killed):
            reviewing.review(workspace, reviewing.Options(1.0))
    found = team.run(*ALL)
    assert found["all"] == {"returned": 1}
    assert team.live() == []
    (task,) = team.work()
    assert task.data["conversation"].count("Mend it.") == 1
    assert sum(event.deleted for event in team.events()) == 1
