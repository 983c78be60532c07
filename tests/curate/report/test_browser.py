"""The page in a real browser: nothing of others runs, nothing is fetched, nothing is cut off."""

from pathlib import Path
from typing import Any

import pytest

from curate.report import browser
from curate.report.page import write_report
from curate.workspace import Workspace
from tests.support import hostile
from tests.support.report_browser import FIRST_PAIR, Seen, seen
from tests.support.workspaces import Bench

pytestmark = pytest.mark.browser
WIDTHS = (390, 1024, 1600)
SMALL_TEXT = """
[...document.querySelectorAll('body *')].filter(it =>
  it.checkVisibility() && parseFloat(getComputedStyle(it).fontSize) < 12 && it.children.length === 0
  && it.textContent.trim()).length
"""
NAMELESS = """
[...document.querySelectorAll('button, input, select, a')].filter(it =>
  !it.textContent.trim() && !it.getAttribute('aria-label') && !it.labels?.length).length
"""


@pytest.fixture(scope="module")
def demo_page(demo_workspace: Path) -> Path:
    return write_report(Workspace.open(demo_workspace))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_demos_page_fits_and_is_quiet(
    chromium: Any, demo_page: Path, width: int, scheme: str
) -> None:
    found = seen(chromium, demo_page, width, scheme)
    found.scroll_through()
    assert found.complaints == []
    assert found.requests == [demo_page.as_uri()]
    assert found.width() <= width
    assert found.page.evaluate(
        "[...document.images].every(image => image.complete && image.naturalWidth > 0)"
    )
    cut = "[...document.querySelectorAll('h1, h2, h3')].filter(e => e.scrollWidth > e.clientWidth)"
    assert found.page.evaluate(f"{cut}.length") == 0
    assert found.page.evaluate(SMALL_TEXT) == 0
    found.page.close()


def test_every_chart_is_drawn_and_takes_the_colours_of_the_theme(
    chromium: Any, demo_page: Path
) -> None:
    found = seen(chromium, demo_page)
    found.scroll_through()
    charts = found.page.locator(".chart").count()
    assert found.page.locator(".chart svg").count() == charts > 10
    human = (
        "[...document.querySelectorAll('.chart path')].some(p => p.getAttribute('fill') === '{}')"
    )
    assert found.page.evaluate(human.format("#2a62c0"))
    found.page.emulate_media(color_scheme="dark")
    found.page.wait_for_timeout(1500)
    assert found.page.evaluate(human.format("#7ea9f4"))
    assert not found.page.evaluate(human.format("#2a62c0"))
    assert found.complaints == []
    found.page.close()


def test_a_chart_says_its_numbers_under_the_pointer_as_text(chromium: Any, demo_page: Path) -> None:
    found = seen(chromium, demo_page)
    found.page.locator("[data-chart=margins]").scroll_into_view_if_needed()
    found.page.wait_for_selector("[data-chart=margins] svg")
    found.page.locator("[data-chart=margins] .mark-rect path").first.hover()
    found.page.locator(".tip").filter(has_text="margin: ").wait_for()
    found.page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_against_wcag_aa(
    chromium: Any, demo_page: Path, width: int, scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    page = chromium.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page.goto(demo_page.as_uri())
    page.wait_for_selector(FIRST_PAIR)
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
    Seen(page).scroll_through()
    # Of what passes one element a rule is enough: to name them all takes twice as long.
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = axe.run(page, options=options).response
    assert len(found["passes"]) > 40
    assert [(it["id"], it["nodes"][0]["html"]) for it in found["violations"]] == []
    page.close()


def test_everything_that_can_be_worked_has_a_name(chromium: Any, demo_page: Path) -> None:
    found = seen(chromium, demo_page)
    assert found.page.evaluate(NAMELESS) == 0
    assert found.page.evaluate("document.querySelectorAll('img:not([alt])').length") == 0
    assert found.page.locator("main").count() == found.page.locator("h1").count() == 1
    found.page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("most_inside", [300, 0])
def test_hostile_texts_never_run_and_never_fetch(
    chromium: Any, tmp_path: Path, width: int, most_inside: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "MOST_INSIDE", most_inside)
    path = write_report(Workspace.open(hostile.workspace(tmp_path / "workspace").root))
    found = seen(chromium, path, width)
    shown = ""
    for place in range(len(hostile.texts())):
        for summary in found.page.query_selector_all("#pair-detail summary"):
            summary.click()
        shown += found.page.inner_text("#pair-detail")
        if place:
            found.page.keyboard.press("j")
            found.wait_for(f"Pair {place + 1} ")
    found.scroll_through()
    shown += found.page.inner_text("#pair-detail")
    assert found.page.title().startswith("pairwright build ")
    near = path.parent / "report-pairs"
    beside = [] if most_inside else [(near / name).as_uri() for name in ("index.js", "0000.js")]
    assert found.requests == [path.as_uri(), *beside]
    assert found.complaints == []
    assert found.page.url == path.as_uri()
    assert found.width() <= width
    assert all(text.strip() in shown for text in hostile.texts()[:11])
    assert not set("\x1b\x00\x07\u202e\u2066") & set(shown)
    found.page.close()


@pytest.mark.parametrize(
    "script", [f"<script>{hostile.OWNED}</script>", f'<img src=x onerror="{hostile.OWNED}">']
)
def test_the_policy_stops_what_would_get_past_the_escaping(
    chromium: Any, built: Bench, script: str
) -> None:
    path = write_report(Workspace.open(built.root))
    path.write_text(path.read_text("utf-8").replace("<h1>", f"{script}<h1>"), "utf-8")
    found = seen(chromium, path)
    found.page.wait_for_timeout(200)
    assert found.page.title().startswith("pairwright build ")
    assert any("Content Security Policy" in said for said in found.complaints)
    found.page.close()


def test_a_page_without_pairs_fits_too(chromium: Any, bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.build()
    found = seen(chromium, write_report(Workspace.open(bench.root)), 390, pairs=False)
    assert found.complaints == []
    assert "No pairs" in found.page.inner_text("body")
    assert found.width() <= 390
    found.page.close()
