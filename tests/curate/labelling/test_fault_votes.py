"""What people and admins do by hand at a real server: deleted, edited, spoiled, twice at once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate.label_studio import names
from annotate.label_studio.pull import event_id_of
from curate.labelling.pull_state import pull_lock
from tests.support.annotations import choices, places, stars
from tests.support.cli import curate, start
from tests.support.faulty_server import Asked, Faulty, faulty
from tests.support.label_studio import Live
from tests.support.voted import Voted, small_pages

__all__ = ["small_pages"]

pytestmark = [pytest.mark.label_studio, pytest.mark.usefixtures("small_pages")]


@pytest.fixture
def site(live: Live, tmp_path: Path) -> Voted:
    return Voted.of(live, tmp_path / "work", 12, votes=10)


@pytest.fixture
def proxy(live: Live, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faulty]:
    with faulty(live.url) as found:
        monkeypatch.setenv("LABEL_STUDIO_URL", found.url)
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", live.key)
        yield found


def test_votes_of_a_project_that_is_deleted_stay_and_that_is_said(site: Voted) -> None:
    site.pulled()
    kept = site.live_votes()
    site.live.client.projects.delete(id=site.project)
    assert site.pull("--json").json["projects_gone"] == 1
    assert site.live_votes() == kept
    assert "1 project with votes is gone from the server" in site.pull().err


def test_a_project_that_is_deleted_in_the_middle_ends_no_vote_that_came_before(
    site: Voted, proxy: Faulty
) -> None:
    site.vote(10)
    expected = {event_id_of(it) for it in site.export()}
    _in_the_middle(site, proxy, lambda: site.live.client.projects.delete(id=site.project))
    assert site.pull("--json").json["projects_gone"] == 1
    assert set(site.live_votes()) < expected
    assert site.live_votes()
    site.check_none_twice()
    assert site.pull("--json").json["deleted"] == 0


def test_a_page_that_is_edited_by_hand_changes_no_vote_and_the_project_is_still_known(
    site: Voted,
) -> None:
    site.pulled()
    other = '<View><Text name="task" value="$title"/><Rating name="stars" toName="task"/></View>'
    site.live.client.projects.update(id=site.project, label_config=other, description="Mine.")
    number = site.live.client.annotations.create(id=site.numbers[10], result=[stars("stars", 4)]).id
    found = site.pulled()
    assert (found["events_new"], found["deleted"]) == (0, 0)
    assert {"empty", "unknown_control"} <= set(found["faults"])
    site.live.client.annotations.update(id=number, result=places("21"))
    assert site.pulled()["events_new"] == 1
    site.check()


def test_tasks_that_are_deleted_by_hand_take_their_votes_along(site: Voted) -> None:
    site.pulled()
    for number in site.numbers[:3]:
        site.live.client.tasks.delete(id=str(number))
    assert site.pulled()["deleted"] == 3
    site.check()
    assert site.pulled()["events_new"] == 0


def test_tasks_that_are_deleted_in_the_middle_are_gone_after_the_next_pull(
    site: Voted, proxy: Faulty
) -> None:
    first, last = str(site.numbers[0]), str(site.numbers[9])

    def delete() -> None:
        for number in (first, last):
            site.live.client.tasks.delete(id=number)

    _in_the_middle(site, proxy, delete)
    site.pulled()
    site.check()


def test_a_vote_that_comes_while_tasks_are_read_is_in_this_pull_or_the_next(
    site: Voted, proxy: Faulty
) -> None:
    _in_the_middle(site, proxy, lambda: (site.vote(0, "11"), site.vote(11, "11")))
    site.pulled()
    site.pulled()
    site.check()


SPOILED: dict[str, tuple[list[dict[str, Any]], set[str]]] = {
    "a metric is missing": (
        [*places("21"), choices(names.score("a", "helpfulness"), "3")],
        {"score_missing"},
    ),
    "above the scale": (
        [*places("21"), choices(names.score("a", "helpfulness"), "9")],
        {"off_scale"},
    ),
    "stars above the scale": (
        [*places("21"), stars(names.score("a", "helpfulness"), 9)],
        {"off_scale"},
    ),
    "an unknown control": ([*places("21"), choices("score_a_charm", "1")], {"unknown_control"}),
    "a place is missing": (places("2"), {"place_missing"}),
    "no shape at all": ([{"from_name": 3, "value": [1]}], {"empty"}),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_vote_is_named_and_harms_no_other(site: Voted, name: str) -> None:
    result, faults = SPOILED[name]
    site.live.client.annotations.create(id=site.numbers[10], result=result)
    found = site.pulled()
    assert faults <= set(found["faults"])
    assert site.live_votes().total() >= 10
    site.check_none_twice()
    again = site.pulled()
    assert (again["events_new"], faults & set(again["faults"])) == (0, set())


def test_of_two_pulls_at_once_one_says_that_another_runs(site: Voted, proxy: Faulty) -> None:
    command = ("label", "pull", "-C", site.workspace.root)
    ran = []
    _in_the_middle(site, proxy, lambda: ran.append(start(*command).communicate(timeout=60)[1]))
    site.pulled()
    assert "curate label pull is already running" in ran[0]
    assert len(ran[0].splitlines()) == 1
    site.check()


def test_two_pulls_started_together_double_nothing(site: Voted) -> None:
    command = ("label", "pull", "-C", site.workspace.root)
    with start(*command) as one, start(*command) as other:
        codes = [one.wait(60), other.wait(60)]
    assert min(codes) == 0
    assert max(codes) <= 1
    site.check()


def test_a_pull_goes_on_once_the_other_has_ended(site: Voted) -> None:
    with pull_lock(site.workspace):
        ran = curate("label", "pull", "-C", site.workspace.root)
    assert ran.code == 1
    site.pulled()
    site.check()


def _in_the_middle(site: Voted, proxy: Faulty, act: Callable[[], object]) -> None:
    """Act once, before the second page of the site's tasks is read."""
    seen: list[Asked] = []

    def plan(asked: Asked) -> None:
        if asked.is_for("/api/tasks") and f"project={site.project}&" in asked.path:
            seen.append(asked)
            if len(seen) == 3:
                act()

    proxy.plan = plan
