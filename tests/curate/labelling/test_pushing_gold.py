"""Gold on a real server: among the work without a sign of it, and before it for everybody."""

from pathlib import Path
from typing import Any

import pytest

from annotate.label_studio import names
from tests.support.gold import gold
from tests.support.label_studio import Live
from tests.support.member import Member, pressed
from tests.support.pushing import Site

pytestmark = pytest.mark.label_studio


@pytest.fixture
def site(live: Live, tmp_path: Path) -> Site:
    """Six prompts to rate and four gold ones, all with two answers."""
    found = Site.of(live, tmp_path / "work")
    for number in range(6):
        found.ask(number)
    for number in range(4):
        gold(found.bench, f"{found.name}, gold {number}", "a", "b")
    return found


def tasks(site: Site, project: int) -> list[Any]:
    """A project's tasks in their order."""
    return list(site.live.client.tasks.list(project=project, fields="task_only"))


def abouts(site: Site, project: int) -> list[dict[str, Any]]:
    return [task.data[names.ABOUT] for task in tasks(site, project)]


def test_gold_stands_among_the_work_and_looks_like_it(site: Site) -> None:
    ran = site.pushed("--set", "label_studio.gold_share=0.25")
    assert (ran["tasks_new"], ran["gold_new"], ran["gold_wanted"]) == (8, 2, 2)
    (project,) = site.projects()
    gold = {it.prompt_id for it in site.bench.prompts.values() if it.attributes.get("gold")}
    marks = [about["prompt_id"] in gold for about in abouts(site, project.id)]
    assert [sum(marks[:4]), sum(marks[4:])] == [1, 1]
    shown = {frozenset(task.data) for task in tasks(site, project.id)}
    known = {frozenset(about) for about in abouts(site, project.id)}
    assert len(shown) == len(known) == 1


def test_a_second_push_sends_no_gold_again(site: Site) -> None:
    site.pushed("--set", "label_studio.gold_share=0.25")
    assert site.pushed("--set", "label_studio.gold_share=0.25")["tasks_new"] == 0
    assert set(site.tasks().values()) == {1}


def test_a_qualification_says_its_purpose_and_no_work_goes_with_it(site: Site) -> None:
    ran = site.pushed("--qualification", "--set", "label_studio.qualification=3")
    assert (ran["tasks_new"], ran["gold_new"], ran["gold_wanted"]) == (3, 3, 3)
    (project,) = site.projects()
    assert project.title.startswith("qualification: 2 answers, everybody pw-")
    assert {about["purpose"] for about in abouts(site, project.id)} == {"qualification"}
    again = site.pushed("--qualification", "--set", "label_studio.qualification=3")
    assert again["tasks_new"] == 0


def test_every_annotator_gets_a_task_that_two_have_done(site: Site, live: Live) -> None:
    site.pushed("--qualification", "--set", "label_studio.qualification=1")
    (project,) = site.projects()
    (task,) = tasks(site, project.id)
    done = [pressed(names.place("a"), "1"), pressed(names.place("b"), "2")]
    for number in range(3):
        email = f"{site.name.split()[1]}-{number}@example.org"
        with Member.signed_up(live, email) as annotator:
            found = annotator.next_task(project.id)
            assert found is not None
            assert found["id"] == task.id
            annotator.submit(task.id, done)
            assert annotator.next_task(project.id) is None


@pytest.mark.parametrize("option", [("--limit", "1"), ("--preannotate",)])
def test_a_qualification_goes_with_no_option_of_the_work(
    site: Site, option: tuple[str, ...]
) -> None:
    ran = site.push("--qualification", "--set", "label_studio.qualification=1", *option)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


def test_a_qualification_of_none_says_where_to_set_it(site: Site) -> None:
    ran = site.push("--qualification")
    assert ran.code == 2
    assert "[label_studio] qualification" in ran.err
