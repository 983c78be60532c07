"""What the tutorial and the how-to pages show is what their commands print, run in their order."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.support.cli import curate
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
ON_THE_DEMO = {"docs/selecting.md"}
"""Pages whose reader has run the demo before."""


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
    if page in ON_THE_DEMO:
        assert curate("demo").code == 0
    session = Session({A_SERVER: server})
    for step in PAGES[page]:
        if isinstance(step, Written):
            session.write(step)
        else:
            printed = session.printed(step.line)
            assert not session.differs(step.shown, printed), f"{step.line}\n{printed}"
            assert "error: " not in printed


SHOWN = ("Built 5a359b4eb6d6: 2 pairs", "…", "pair  unrated     1", "by datasets … (2 rows)")
REAL = "Built 0011aabbccdd: 2 pairs\nWhat left\npair  unrated     1\nby datasets 5.2.0 (2 rows)\n"


def test_ids_and_gaps_of_a_page_may_be_other_than_what_is_printed() -> None:
    assert Session({}).differs(SHOWN, REAL) == ""


@pytest.mark.parametrize(
    "real",
    [
        REAL.replace("2 pairs", "3 pairs"),
        REAL.replace("pair  unrated     1\n", ""),
        REAL.replace("Built", "warning: odd\nBuilt"),
        REAL + "one more line\n",
        REAL.replace("2 rows", "1 rows"),
    ],
)
def test_a_page_that_shows_what_is_not_printed_is_found(real: str) -> None:
    assert Session({}).differs(SHOWN, real)


def test_an_id_that_was_shown_stands_for_the_one_of_today() -> None:
    session = Session({"http://localhost:8000": "http://127.0.0.1:9"})
    session.differs(SHOWN, REAL)
    assert session.printed("echo 5a35 http://localhost:8000/v1 2222") == (
        "0011 http://127.0.0.1:9/v1 2222\n"
    )


def test_a_section_of_a_page_takes_the_place_of_that_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("curate.toml").write_text("[rubric]\npreset = 'mm-rlhf'\n[split]\ntest = 0.1\n", "utf-8")
    Session({}).write(Written("curate.toml", "[rubric]\nname = 'mine'\n"))
    found = tomllib.loads(Path("curate.toml").read_text("utf-8"))
    assert found == {"split": {"test": 0.1}, "rubric": {"name": "mine"}}
