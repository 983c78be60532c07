"""The card as a page in a real browser, on a desk and on a phone."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from curate.exporting import export
from curate.pushing.card import write_card
from curate.workspace import Workspace
from tests.support import hostile
from tests.support.card_page import write_page
from tests.support.chromium import aside

pytestmark = pytest.mark.browser


def page_of(workspace: Workspace, folder: Path) -> Path:
    made = export(workspace, ["trl"], folder / "exported")["trl"]
    shutil.copytree(made.path, folder / "staging" / "data")
    with aside():
        write_card(workspace, workspace.build_folder(), folder / "staging")
    return write_page(folder / "staging")


@pytest.mark.parametrize("width", [1000, 375])
def test_nothing_is_wider_than_the_page_and_every_plot_is_there(
    chromium: Any, demo_workspace: Path, tmp_path: Path, width: int
) -> None:
    path = page_of(Workspace.open(demo_workspace), tmp_path)
    tab = chromium.new_page(viewport={"width": width, "height": 900})
    tab.goto(path.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    plots = tab.evaluate("[...document.images].map((it) => [it.naturalWidth, it.clientWidth])")
    assert len(plots) == 3
    for natural, shown in plots:
        assert natural >= 1000
        assert 300 <= shown <= 600
    tab.close()


def test_hostile_names_do_nothing_in_it(chromium: Any, tmp_path: Path) -> None:
    bench = hostile.workspace(tmp_path / "workspace")
    path = page_of(Workspace.open(bench.root), tmp_path)
    tab = chromium.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path.as_uri())
    assert tab.title() == "card"
    assert all(it.startswith(tmp_path.as_uri()) for it in asked)
    tab.close()
