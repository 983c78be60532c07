"""docs/pulling.md has every layout and field, and its rows are read."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from curate.sources import native, native_votes
from curate.sources.columns import ATTRIBUTE, FIELDS
from curate.sources.native_answers import RESPONSE_KEYS
from curate.sources.registry import KNOWN, load_layout
from tests.support.documents import blocks
from tests.support.pulling import events_of, pulled, rows_of, workspace_at

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "pulling.md").read_text("utf-8")


def _section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def _rows(title: str) -> list[list[str]]:
    lines = [it for it in _section(title).splitlines() if it.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def _named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_known_layout_is_there_in_its_order() -> None:
    rows = _rows("Layouts that are known by their content")
    assert [_named(row[0])[0] for row in rows] == list(KNOWN)
    for name, about in ((_named(row[0])[0], row[1]) for row in rows):
        if name != "native":
            assert about.replace("`", "") == load_layout(name).about


def test_every_field_of_a_map_is_there() -> None:
    named = [name for row in _rows("Columns of your own") for name in _named(row[0])]
    assert sorted(named) == sorted((*FIELDS, f"{ATTRIBUTE}NAME"))


@pytest.mark.parametrize(
    ("where", "keys"),
    [
        ("a row", native.ROW_KEYS),
        ("an answer", RESPONSE_KEYS),
        ("a rating", native_votes.RATING_KEYS),
        ("a ranking", native_votes.RANKING_KEYS),
        ("a failure", native_votes.FAILURE_KEYS),
    ],
)
def test_every_key_of_our_own_layout_is_there(where: str, keys: tuple[str, ...]) -> None:
    (cell,) = [row[1] for row in _rows("Our own layout") if row[0] == where]
    assert set(keys) <= set(_named(cell))


def test_the_row_of_our_own_layout_is_read(tmp_path: Path) -> None:
    (shown,) = [it for it in blocks(_section("Our own layout")) if it.startswith("{")]
    row = json.loads(shown)
    Image.new("RGB", (64, 48), "peru").save(tmp_path / row["images"][0])
    (tmp_path / "own.jsonl").write_text(json.dumps(row), "utf-8")
    workspace = workspace_at(tmp_path / "work")
    report = pulled(workspace, tmp_path / "own.jsonl")
    assert report.format == "native"
    assert dict(report.dropped) == {}
    assert (report.prompts, report.candidates, report.media, report.ratings) == (1, 2, 1, 2)
    assert [it["source_key"] for it in rows_of(workspace, "prompts")] == ["q1"]
    assert sorted(event.rater.id for event in events_of(workspace)) == ["anna", "ben"]
