"""Somebody new with nothing but the link of `curate label invite`, in a real browser."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from annotate.label_studio.environment import Environment
from curate.labelling.connection import FOLDER
from tests.support.cli import curate
from tests.support.label_studio import running
from tests.support.labeller import READY_MS, Labeller
from tests.support.pushing import Site

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]


@pytest.fixture(scope="module")
def site(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A workspace with a server of its own, so that no other test's projects are there."""
    folder = tmp_path_factory.mktemp("invited")
    with running(environment, folder / FOLDER) as live:
        found = Site.of(live, folder / "work")
        for number in range(2):
            found.ask(number)
        found.pushed()
        yield found


def invited(site: Site) -> str:
    ran = curate("label", "invite", "-C", site.bench.root)
    assert (ran.code, ran.err) == (0, "")
    link, *lines = ran.out.splitlines()
    (project,) = site.projects()
    title = project.title.partition(" pw-")[0]
    where = f"{site.live.url}/projects/{project.id}/data?labeling=1"
    assert lines[-1] == f"{title}: 2 tasks, {where}"
    return str(link)


@pytest.fixture
def newcomer(site: Site, chromium: Any) -> Iterator[Labeller]:
    """Somebody who has just signed up."""
    link = invited(site)
    found = Labeller.signed_up(site.live, chromium, f"{uuid4().hex}@example.com", link)
    yield found
    found.close()


def test_the_link_leads_straight_to_the_work(site: Site, newcomer: Labeller) -> None:
    newcomer.page.wait_for_selector(".pw-card", timeout=READY_MS)
    assert f"/projects/{site.projects()[0].id}/data" in newcomer.page.url


def test_it_leads_there_again_who_has_signed_up_already(site: Site, newcomer: Labeller) -> None:
    newcomer.page.goto(invited(site))
    newcomer.page.wait_for_selector(".pw-card", timeout=READY_MS)


def test_it_leads_there_who_signs_in_by_it(site: Site, chromium: Any) -> None:
    found = Labeller.signed_up(site.live, chromium, "again@example.com", invited(site))
    found.page.wait_for_selector(".pw-card", timeout=READY_MS)
    found.page.goto("about:blank")  # no answer under way may bring the cookies back
    found.page.context.clear_cookies()
    found.page.goto(invited(site))
    found.page.get_by_text("Log in").click()
    found.page.wait_for_selector("#login-form")
    found._enter("again@example.com", "long-enough-1")
    found.page.wait_for_selector(".pw-card", timeout=READY_MS)
    found.close()


def test_the_projects_page_has_the_pushed_project(site: Site, newcomer: Labeller) -> None:
    newcomer.page.goto(f"{site.live.url}/projects/")
    title = site.projects()[0].title.partition(" pw-")[0]
    newcomer.page.get_by_text(title).first.wait_for(timeout=READY_MS)
    assert newcomer.complaints == []
