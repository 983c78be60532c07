"""What the tutorial and the how-to pages show is what their commands print, run in their order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.support.documents import pages
from tests.support.judge_server.threads import serving
from tests.support.sampling import film
from tests.support.sessions import Session, Typed, Written, steps

ALL = {
    name: list(steps(text))
    for name, text in pages(Path(__file__).resolve().parents[2]).items()
    if name.startswith("docs/")
}
PAGES = {name: told for name, told in ALL.items() if any(isinstance(it, Typed) for it in told)}
A_SERVER = "http://localhost:8000"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """What stands for the reader's own model: it draws its words and scores by the request."""
    with serving() as (url, _):
        yield url


def lay_media(folder: Path) -> None:
    """The pictures and the film that pages speak of without writing them."""
    (folder / "images").mkdir()
    Image.new("RGB", (64, 48), "peru").save(folder / "images" / "table.png")
    Image.new("RGB", (64, 48), "darkred").save(folder / "images" / "door.png")
    film(folder / "clips" / "pour.mp4", 12)


def test_the_pages_with_commands_are_these() -> None:
    assert {name.rpartition("/")[2] for name in PAGES} >= {
        "tutorial.md",
        "own-rubric.md",
        "people-only.md",
        "judge-only.md",
        "calibrated.md",
        "video.md",
        "vlfeedback-to-trl.md",
        "private-servers.md",
    }


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_its_commands_print(
    page: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_media(tmp_path)
    monkeypatch.chdir(tmp_path)
    session = Session({A_SERVER: server})
    for step in PAGES[page]:
        if isinstance(step, Written):
            session.write(step)
        else:
            printed = session.printed(step.line)
            assert not session.differs(step.shown, printed), f"{step.line}\n{printed}"
            assert "error: " not in printed
