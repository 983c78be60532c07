"""What `curate label status` says of a real server, before a pull and after it."""

from pathlib import Path
from typing import Any

import pytest

from annotate.label_studio import names
from tests.support.annotations import places
from tests.support.cli import curate
from tests.support.label_studio import Live
from tests.support.pushing import Site
from tests.support.routing import rule

pytestmark = pytest.mark.label_studio


@pytest.fixture
def site(live: Live, tmp_path: Path) -> Site:
    """Three prompts pushed for two raters each."""
    found = Site.of(live, tmp_path / "workspace", rule("true", "human", raters=2))
    for number in range(3):
        found.ask(number)
    found.pushed()
    return found


def status(site: Site) -> tuple[Any, Any]:
    """All, and of it the site's own project."""
    found = curate("label", "status", "-C", site.bench.root, "--json").json
    (number,) = [it.id for it in site.projects()]
    (project,) = [it for it in found["projects"] if it["project"] == number]
    return found, project


def test_tasks_votes_and_skips_are_counted_as_people_go_on(site: Site) -> None:
    assert wanted_of_people(site) == 6
    _, before = status(site)
    assert (before["tasks"], before["done"], before["partly"], before["open"]) == (3, 0, 0, 3)
    (project,) = site.projects()
    tasks = [it.id for it in site.live.client.tasks.list(project=project.id)]
    annotations = site.live.client.annotations
    result = [*places("12"), *_scores()]
    ann, ben = (_somebody(site, who) for who in ("ann", "ben"))
    for task, who in ((tasks[0], ann), (tasks[0], ben), (tasks[1], ann)):
        annotations.create(id=task, result=result, lead_time=30, completed_by=who)
    annotations.create(id=tasks[2], result=[], was_cancelled=True, completed_by=ben)
    found, now = status(site)
    assert (now["tasks"], now["done"], now["partly"], now["open"]) == (3, 1, 1, 1)
    assert (now["votes"], now["skips"], now["open_votes"]) == (3, 1, 3)
    assert found["unpulled"] >= 4
    assert found["raters"] == []
    assert wanted_of_people(site) == 6
    assert curate("label", "pull", "-C", site.bench.root).code == 0
    assert wanted_of_people(site) == 3
    after, _ = status(site)
    found = sorted((it["votes"], it["skips"], it["compared"]) for it in after["raters"])
    assert found == [(1, 1, 1), (2, 0, 1)]
    assert (after["agreement"], after["seconds"]) == (1, 30)
    assert after["hours_left"] == pytest.approx(after["open_votes"] * 30 / 3600)


def wanted_of_people(site: Site) -> int:
    """What `curate status` says without asking the server."""
    return int(curate("status", "-C", site.bench.root, "--json").json["wanted_of_people"])


def _somebody(site: Site, who: str) -> int:
    """A user's number."""
    email = f"{who}-{site.name.replace(' ', '')}@example.org"
    return int(site.live.client.users.create(email=email, username=email).id)


def _scores() -> list[dict[str, Any]]:
    """Both answers scored alike on the site's only metric."""
    return [
        {
            "from_name": names.score(letter, "good"),
            "to_name": "task",
            "type": "choices",
            "value": {"choices": ["2"]},
        }
        for letter in "ab"
    ]
