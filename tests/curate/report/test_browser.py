"""The page in a real browser: nothing of others runs, nothing is fetched, nothing is cut off."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from curate.report.page import write_report
from curate.workspace import Workspace
from tests.support import hostile
from tests.support.workspaces import Bench

pytestmark = pytest.mark.browser
WIDTHS = (390, 1024, 1600)


@dataclass
class Seen:
    """A page as the browser has it, and what it asked for and complained of."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def seen(chromium: Any, path: Path, width: int, scheme: str = "light") -> Seen:
    """Open the page and watch it for a moment."""
    found = Seen(chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme))
    found.page.on("console", lambda message: found.complaints.append(message.text))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on("request", lambda request: found.requests.append(request.url))
    found.page.goto(path.as_uri())
    found.page.wait_for_timeout(300)
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_demos_page_fits_and_is_quiet(
    chromium: Any, demo_workspace: Path, width: int, scheme: str
) -> None:
    path = write_report(Workspace.open(demo_workspace))
    found = seen(chromium, path, width, scheme)
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith("data:")] == [path.as_uri()]
    assert found.page.evaluate("document.documentElement.scrollWidth") <= width
    assert found.page.evaluate(
        "[...document.images].every(image => image.complete && image.naturalWidth > 0)"
    )
    cut = "[...document.querySelectorAll('td, h1, h2')].filter(e => e.scrollWidth > e.clientWidth)"
    assert found.page.evaluate(f"{cut}.length") == 0
    found.page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_texts_never_run_and_never_fetch(chromium: Any, tmp_path: Path, width: int) -> None:
    path = write_report(Workspace.open(hostile.workspace(tmp_path / "workspace").root))
    found = seen(chromium, path, width)
    for summary in found.page.query_selector_all("summary"):
        summary.click()
    found.page.wait_for_timeout(300)
    assert found.page.title().startswith("pairwright build ")
    assert [url for url in found.requests if not url.startswith("data:")] == [path.as_uri()]
    assert found.complaints == []
    assert found.page.url == path.as_uri()
    assert found.page.evaluate("document.documentElement.scrollWidth") <= width
    body = found.page.inner_text("body")
    assert all(text.strip() in body for text in hostile.texts()[:10])
    found.page.close()


def test_the_policy_stops_what_would_get_past_the_escaping(chromium: Any, tmp_path: Path) -> None:
    bench = Bench(tmp_path / "workspace")
    bench.sums("How many?", {"MARK good": 12, "Two.": 3})
    bench.build()
    path = write_report(Workspace.open(bench.root))
    script = f'<script>{hostile.OWNED}</script><img src=x onerror="{hostile.OWNED}">'
    path.write_text(path.read_text("utf-8").replace("MARK", script), "utf-8")
    found = seen(chromium, path, 1024)
    assert found.page.title().startswith("pairwright build ")
    assert any("Content Security Policy" in said for said in found.complaints)
    found.page.close()


def test_a_page_without_pairs_fits_too(chromium: Any, bench: Bench) -> None:
    bench.prompt("How many?", "Three.", "Two.")
    bench.build()
    found = seen(chromium, write_report(Workspace.open(bench.root)), 390)
    assert found.complaints == []
    assert "No pairs" in found.page.inner_text("body")
    found.page.close()
