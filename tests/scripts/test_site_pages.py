"""Pages from outside docs/ stand on the site where they are there, with links that hold."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import site_pages

FILES = [
    SimpleNamespace(src_uri=name)
    for name in ("index.md", "config.md", "howto/spark.md", "CONTRIBUTING.md", "a.png")
]


def shown(markdown: str, on: str) -> str:
    page = SimpleNamespace(file=SimpleNamespace(src_uri=on))
    return site_pages.on_page_markdown(markdown, page, config=None, files=FILES)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a changelog and no other page at its root."""
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n", "utf-8")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setattr(site_pages, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("page", "written", "on_the_site"),
    [
        ("index.md", "[a](../CONTRIBUTING.md)", "[a](CONTRIBUTING.md)"),
        ("howto/spark.md", "[a](../../CONTRIBUTING.md#add)", "[a](../CONTRIBUTING.md#add)"),
        ("howto/spark.md", "[a](../config.md)", "[a](../config.md)"),
        ("CONTRIBUTING.md", "[a](docs/config.md#judge)", "[a](config.md#judge)"),
        ("index.md", "[a](#here) [b](https://a.example/x)", "[a](#here) [b](https://a.example/x)"),
        ("index.md", "![a picture](a.png)", "![a picture](a.png)"),
    ],
)
def test_a_link_leads_to_the_page_of_the_site(page: str, written: str, on_the_site: str) -> None:
    assert shown(written, page) == on_the_site


def test_a_link_to_a_folder_of_code_is_shown_as_its_words(root: Path) -> None:
    assert root.is_dir()
    assert shown("see [notebooks](notebooks), all", "CONTRIBUTING.md") == "see notebooks, all"


def test_a_link_that_leads_nowhere_stays_for_the_strict_build_to_find(root: Path) -> None:
    assert root.is_dir()
    assert shown("[a](no-such.md)", "index.md") == "[a](no-such.md)"


def test_the_navigation_has_no_page_that_is_missing(root: Path) -> None:
    nav: list[Any] = [
        {"Start": "index.md"},
        {"Project": [{"Changes": "CHANGELOG.md"}, {"Security": "SECURITY.md"}]},
    ]
    config = SimpleNamespace(nav=nav)
    assert site_pages.on_config(config).nav == [
        {"Start": "index.md"},
        {"Project": [{"Changes": "CHANGELOG.md"}]},
    ]
    (root / "SECURITY.md").write_text("# Security\n", "utf-8")
    assert site_pages.on_config(SimpleNamespace(nav=nav)).nav == nav
