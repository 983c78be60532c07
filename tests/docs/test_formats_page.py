"""docs/formats.md has every format and explains every reason by which one refuses."""

import re
from pathlib import Path

import pytest

from curate.report.reasons import export_meaning
from export.base import Choices
from export.registry import FORMATS
from export.verify.registry import READERS, READERS_OF
from tests.support.pairs import (
    LINES,
    SHARDED,
    build,
    frames,
    pair,
    picture,
    stored,
    turn,
    user,
    written,
)

REASONS = {
    "both_sides",
    "image_token",
    "media_not_supported",
    "no_margin",
    "not_alternating",
    "several_media",
    "several_turns",
    "special_token",
    "system_media",
    "system_turn",
    "video_not_supported",
}
"""Those that no other stage has."""


@pytest.fixture(scope="module")
def page(repo_root: Path) -> str:
    return (repo_root / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_its_row_and_its_section(page: str, name: str) -> None:
    assert f"| [{name}](#{name}) |" in page
    assert f"\n### {name}\n" in page


def test_a_reader_of_the_page_has_its_formats(page: str) -> None:
    table = page.split("| reader | of |")[1].split("\n\n", maxsplit=1)[0]
    rows = [row.split(" | ")[:2] for row in table.splitlines()[2:]]
    told = {reader.strip("| `"): re.findall(r"`([\w-]+)`", formats) for reader, formats in rows}
    assert told.pop("datasets") == []
    assert set(FORMATS) == {name for name, found in READERS_OF.items() if "datasets" in found}
    formats = {
        reader: {name for name, found in READERS_OF.items() if reader in found}
        for reader in READERS.keys() - {"datasets"}
    }
    assert {reader: set(names) for reader, names in told.items()} == formats


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_a_reason_is_on_the_page_and_in_words_after_an_export(page: str, reason: str) -> None:
    assert f"`{reason}`" in page
    assert export_meaning(reason)


def test_every_reason_of_the_page_has_words_after_an_export(page: str) -> None:
    table = page.split("| reason | refused because | where |")[1].split("\n\n", maxsplit=1)[0]
    reasons = {
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split(" | ")[0])
    }
    assert reasons >= REASONS
    assert {reason for reason in reasons if not export_meaning(reason)} == set()


def test_no_format_refuses_by_a_reason_that_is_not_explained(page: str, tmp_path: Path) -> None:
    store = tmp_path / "media"
    one, other, film = picture(store, 1), picture(store, 4), frames(store, [2, 3])
    video = stored(store, b"a container", "mp4", kind="video")
    system = turn("system", "Be short.")
    rows = [
        *(pair(media=media) for media in ([one], [film], [video], [one, other])),
        pair([system, user("One"), turn("assistant", "Two"), user("Three")]),
        *(pair(asked, [one]) for asked in ([turn("system", 0), user("A")], [user("A"), user("B")])),
        *(pair(chosen=text) for text in ("<image>", "<bbox>", " ", "Two cups. ")),
        pair([user(" ")]),
        pair([user("A"), turn("assistant", "B")]),
        pair(margin=None),
    ]
    source = build(tmp_path, rows, choices=Choices(reward_margin=True))
    found: set[str] = set()
    for name in (*SHARDED, *LINES, "trl-reward"):
        result, _ = written(name, source, tmp_path / name)
        found.update(result.refused)
    assert REASONS - found == {"both_sides"}
    assert not {
        reason for reason in found if f"`{reason}`" not in page or not export_meaning(reason)
    }
