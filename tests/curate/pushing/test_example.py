"""The pair that a card shows is one of the set, may be quoted, and names no folder."""

from pathlib import Path

import pytest

from curate.pushing.example import example_of
from export.card.facts import Example
from export.card.folder import configs_of
from schemas.pair import PreferencePair
from tests.support.cards import staged
from tests.support.pairs import pair, picture, turn, user


def shown(folder: Path, *rows: PreferencePair, form: str = "parquet") -> Example | None:
    staging = staged(folder, rows, form=form)
    return example_of(staging, configs_of(staging)[0])


def test_it_is_the_middle_one_by_margin_with_its_last_question(tmp_path: Path) -> None:
    asked = [user("Look:", 0), turn("assistant", "Yes?"), user("How many", 0, "cups?")]
    media = [picture(tmp_path / "media", 1)]
    middle = pair(asked, media, chosen="Three.", rejected="Two.", margin="0.5", level="judge")
    others = [pair(chosen=text, margin=text) for text in ("0.1", "0.9")]
    assert shown(tmp_path, others[0], middle, others[1]) == Example(
        middle.pair_id, "How many cups?", 1, "Three.", "Two.", 0.5, "judge"
    )


@pytest.mark.parametrize("licence", [None, "CC-BY-ND-4.0", "our own terms"])
def test_none_is_shown_that_may_not_be_quoted(tmp_path: Path, licence: str | None) -> None:
    kept = pair(licence=licence)
    assert shown(tmp_path / "none", kept) is None
    free = pair(chosen="Four.", margin="0.9")
    found = shown(tmp_path / "one", kept, free)
    assert found is not None
    assert found.pair_id == free.pair_id


@pytest.mark.parametrize("text", ["In `/home/somebody/cups.txt`.", "A:**ann** b"])
def test_a_text_that_a_push_would_take_for_a_folder_is_passed_over(
    tmp_path: Path, text: str
) -> None:
    found = shown(tmp_path, pair(rejected=f"{text} x"), pair(chosen="Four."))
    assert found is not None
    assert "ann" not in found.rejected


def test_pairs_without_a_margin_come_last(tmp_path: Path) -> None:
    ranked = pair(chosen="Four.", margin=None, margin_raw=None)
    only = shown(tmp_path / "only", ranked)
    assert only is not None
    assert only.margin is None
    found = shown(tmp_path / "both", ranked, pair())
    assert found is not None
    assert found.pair_id == pair().pair_id


def test_another_layout_shows_none(tmp_path: Path) -> None:
    assert shown(tmp_path, pair(), form="trl") is None
