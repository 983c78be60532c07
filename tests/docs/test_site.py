"""The site of the documents: whole, and showing a page of it fetches nothing from elsewhere."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.site import built, is_elsewhere, loaded_by, loaded_by_style

IN_SCRIPTS = {
    "https://api.github.com": "stars of a repository",
    "https://unpkg.com/mermaid": "diagrams that mermaid draws",
    "https://unpkg.com/resize-observer-polyfill": "browsers of before 2020",
    "https://gitlab.com": "stars of a repository",
    "http://www.w3.org": "a namespace, never fetched",
}
"""Addresses in the theme's scripts, and what would have them fetched."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def html(site: Path) -> dict[str, str]:
    return {str(at.relative_to(site)): at.read_text("utf-8") for at in site.rglob("*.html")}


def test_every_document_is_a_page(site: Path, repo_root: Path) -> None:
    documents = [path.relative_to(repo_root / "docs") for path in repo_root.glob("docs/**/*.md")]
    assert len(documents) > 20
    assert not [at for at in documents if not (site / at.with_suffix(".html")).is_file()]
    assert (site / "CONTRIBUTING.html").is_file()
    assert (site / "CHANGELOG.html").is_file()


def test_no_page_loads_anything_from_elsewhere(html: dict[str, str]) -> None:
    found = [(page, at) for page, text in html.items() for at in loaded_by(text)]
    assert len(found) > 5 * len(html)
    assert not [(page, at) for page, at in found if is_elsewhere(at)]


def test_what_a_page_loads_is_there(site: Path, html: dict[str, str]) -> None:
    parts = [
        (site / page).parent / re.split(r"[?#]", at)[0]
        for page, text in html.items()
        if page != "404.html"  # shown at any address, so its own are from the root on
        for at in loaded_by(text)
        if not at.startswith(("data:", "#"))
    ]
    assert not [part for part in parts if not part.exists()]


def test_no_style_loads_anything_from_elsewhere(site: Path) -> None:
    sheets = list(site.rglob("*.css"))
    assert sheets
    found = [at for sheet in sheets for at in loaded_by_style(sheet.read_text("utf-8"))]
    assert not [at for at in found if is_elsewhere(at)]


def test_scripts_name_no_address_that_a_page_would_have_them_fetch(
    site: Path, html: dict[str, str]
) -> None:
    scripts = [*site.rglob("*.js")]
    named = {
        address
        for script in scripts
        if script.name != "search_index.js"  # the texts of the pages themselves
        for address in re.findall(r"""["'`](https?://[^"'`$\s]+)""", script.read_text("utf-8"))
    }
    assert scripts
    assert not [at for at in named if not at.startswith(tuple(IN_SCRIPTS))]
    for text in html.values():
        assert 'class="mermaid"' not in text
        assert 'data-md-component="source"' not in text


@pytest.mark.parametrize(
    "page",
    [
        '<script src="https://a.example/x.js"></script>',
        "<link rel=stylesheet href=//a.example/x.css>",
        '<img alt="" srcset="a.png 1x, HTTP://a.example/x.png 2x">',
        "<style>p { background: url('https://a.example/x.png') }</style>",
        '<style>@import "https://a.example/x.css";</style>',
        '<p style="background: url(//a.example/x.png)">',
    ],
)
def test_what_would_be_fetched_from_elsewhere_is_found(page: str) -> None:
    assert any(is_elsewhere(address) for address in loaded_by(page))


def test_a_link_is_not_loaded() -> None:
    assert loaded_by('<a href="https://a.example/">there</a>') == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_opens_the_pages_from_the_disk_and_asks_nobody(
    site: Path, html: dict[str, str], chromium: Any, scheme: str
) -> None:
    context = chromium.new_context(color_scheme=scheme)
    asked: list[str] = []
    errors: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name in html:
        page.goto((site / name).as_uri(), wait_until="load")
    page.wait_for_load_state("networkidle")
    assert len(asked) > len(html)
    assert not [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))]
    assert not errors
    context.close()


@pytest.mark.browser
def test_the_search_finds_a_page_without_a_server(site: Path, chromium: Any) -> None:
    page = chromium.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator("[data-md-component=search-query]").press_sequentially("near duplicates")
    page.wait_for_selector(".md-search-result__item a")
    first = page.locator(".md-search-result__item a").first
    assert "methods.html" in str(first.get_attribute("href"))
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1366, 1920])
def test_no_line_of_the_start_pages_commands_is_cut(site: Path, chromium: Any, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 768})
    page.goto((site / "index.html").as_uri())
    wide = "[...document.querySelectorAll('pre code')].map((it) => it.scrollWidth > it.clientWidth)"
    assert page.evaluate(wide) == [False]
    assert page.locator("pre button").count() == 1
    page.close()


@pytest.mark.browser
def test_a_wide_table_scrolls_on_a_phone_and_shows_that_it_does(site: Path, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto((site / "cli.html").as_uri())
    found = page.evaluate(
        """() => [...document.querySelectorAll(".md-typeset__scrollwrap")]
            .filter((it) => it.scrollWidth > it.clientWidth)
            .map((it) => [getComputedStyle(it), getComputedStyle(it.querySelector("table"))])
            .map(([it, table]) => [
                it.overflowX, it.backgroundAttachment, table.backgroundColor
            ])"""
    )
    assert found
    assert {tuple(it) for it in found} == {
        ("auto", "local, local, scroll, scroll", "rgba(0, 0, 0, 0)")
    }
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
