"""A push through a connection that fails ends in one line, and the next asks everybody once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from curate.labelling import boxes
from tests.support.faulty_server import Asked, Fault, Faulty, Plan, faulty
from tests.support.label_studio import Live
from tests.support.pushing import Site

pytestmark = pytest.mark.label_studio

PROMPTS, CHUNK = 7, 3
FAULTS: list[Fault] = ["broken", "dropped", "silent", "refused", "emptied"]


@pytest.fixture
def site(live: Live, tmp_path: Path) -> Site:
    found = Site.of(live, tmp_path / "work")
    for number in range(PROMPTS):
        found.ask(number)
    return found


@pytest.fixture
def proxy(live: Live, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faulty]:
    monkeypatch.setattr("annotate.label_studio.sdk.TIMEOUT_S", 1.5)
    monkeypatch.setattr("annotate.label_studio.in_flight.PATIENCE_S", 1.0)
    monkeypatch.setattr(boxes, "CHUNK", CHUNK)
    with faulty(live.url) as found:
        monkeypatch.setenv("LABEL_STUDIO_URL", found.url)
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", live.key)
        yield found


@pytest.mark.parametrize("late", [False, True], ids=["not carried out", "carried out"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_chunk_whose_answer_is_lost_is_there_once_after_the_next_push(
    site: Site, proxy: Faulty, fault: Fault, *, late: bool
) -> None:
    proxy.plan, proxy.late = _second_import(fault), late
    _fails_in_one_line(site)
    proxy.plan = lambda _: None
    site.pushed()
    assert site.tasks() == site.wanted


def test_a_chunk_whose_answer_is_cut_is_there_once_after_the_next_push(
    site: Site, proxy: Faulty
) -> None:
    proxy.plan = _second_import("cut")
    _fails_in_one_line(site)
    proxy.plan = lambda _: None
    site.pushed()
    assert site.tasks() == site.wanted


@pytest.mark.parametrize("fault", FAULTS[:2])
def test_a_project_that_seems_not_to_be_made_is_used_by_the_next_push(
    site: Site, proxy: Faulty, fault: Fault
) -> None:
    proxy.late = True
    proxy.plan = lambda asked: (
        fault if asked.method == "POST" and asked.is_for("/api/projects") else None
    )
    _fails_in_one_line(site)
    proxy.plan = lambda _: None
    site.pushed()
    assert len(site.projects()) == 1
    assert site.tasks() == site.wanted


def _second_import(fault: Fault) -> Plan:
    """A plan that fails the second import, and the imports after it."""
    seen: list[Asked] = []

    def plan(asked: Asked) -> Fault | None:
        if asked.method != "POST" or "/import" not in asked.path:
            return None
        seen.append(asked)
        return fault if len(seen) > 1 else None

    return plan


def _fails_in_one_line(site: Site) -> None:
    ran = site.push()
    assert ran.code == 1, ran
    assert len(ran.err.splitlines()) == 1
