from pathlib import Path
from typing import Any

import pytest

from export.base import ExportResult
from schemas.pair import PreferencePair
from tests.support.pairs import build, frames, pair, picture, stored, turn, user, written

IMAGE = {"type": "image", "text": None}


def exported(folder: Path, *rows: PreferencePair) -> tuple[ExportResult, list[dict[str, Any]]]:
    return written("trl", build(folder, rows), folder / "out")


def text(value: str) -> dict[str, str]:
    return {"type": "text", "text": value}


def test_row_is_a_prompt_with_its_pictures_and_two_answers(tmp_path: Path) -> None:
    medium = picture(tmp_path / "media", 1)
    known: dict[str, Any] = {"delta": "0.25", "delta_source": "reward_model", "component": "c" * 32}
    row = pair(media=[medium], prompt_weight="0.5", **known)
    _, (out,) = exported(tmp_path, row)
    data = (tmp_path / "media" / str(medium.file)[:2] / str(medium.file)).read_bytes()
    assert out == {
        "images": [{"bytes": data, "path": f"images/{medium.file}"}],
        "prompt": [{"role": "user", "content": "How many cups?"}],
        "chosen": [{"role": "assistant", "content": "Three cups."}],
        "rejected": [{"role": "assistant", "content": "Two cups."}],
        "pair_id": row.pair_id,
        "prompt_id": row.prompt_id,
        "component": "c" * 32,
        "delta_source": "reward_model",
        "margin": 0.375,
        "delta": 0.25,
        "prompt_weight": 0.5,
        "length_weight": 1.0,
    }
    assert list(out)[:4] == ["images", "prompt", "chosen", "rejected"]


def test_conversation_stays_whole(tmp_path: Path) -> None:
    asked = [
        turn("system", "Be short."),
        user(0, 1, "Same?"),
        turn("assistant", "No."),
        user("Why?"),
    ]
    _, (out,) = exported(tmp_path, pair(asked, [picture(tmp_path / "media", n) for n in (1, 2)]))
    assert [(message["role"], message["content"]) for message in out["prompt"]] == [
        ("system", "Be short."),
        ("user", "Same?"),
        ("assistant", "No."),
        ("user", "Why?"),
    ]
    assert len(out["images"]) == 2


def test_one_picture_behind_a_text_turns_all_contents_into_blocks(tmp_path: Path) -> None:
    medium = picture(tmp_path / "media", 1)
    behind = pair([user("What is this?", 0)], [medium])
    _, (front, back, words) = exported(tmp_path, pair(media=[medium]), behind, pair())
    assert front["prompt"] == [{"role": "user", "content": [IMAGE, text("How many cups?")]}]
    assert back["prompt"] == [{"role": "user", "content": [text("What is this?"), IMAGE]}]
    assert words["prompt"] == [{"role": "user", "content": [text("How many cups?")]}]
    assert front["chosen"] == [{"role": "assistant", "content": [text("Three cups.")]}]


def test_the_layout_is_one_for_all_splits(tmp_path: Path) -> None:
    medium = picture(tmp_path / "media", 1)
    behind = pair([user("What is this?", 0)], [medium], split="test")
    _, (train, test) = exported(tmp_path, pair(media=[medium]), behind)
    assert isinstance(train["prompt"][0]["content"], list)
    assert isinstance(test["prompt"][0]["content"], list)


def test_frames_are_pictures_in_their_order(tmp_path: Path) -> None:
    film = frames(tmp_path / "media", [5, 3, 4])
    _, (out,) = exported(tmp_path, pair(media=[film]))
    assert [image["path"] for image in out["images"]] == [f"images/{name}" for name in film.frames]
    assert out["prompt"] == [{"role": "user", "content": "How many cups?"}]


def test_every_picture_has_its_block_in_the_order_shown(tmp_path: Path) -> None:
    store = tmp_path / "media"
    film, one = frames(store, [5, 3]), picture(store, 1)
    _, (out,) = exported(
        tmp_path, pair([user("a", 1, "b"), turn("assistant", "c"), user(0)], [film, one])
    )
    contents = [message["content"] for message in out["prompt"]]
    assert contents == [[text("a"), IMAGE, text("b")], [text("c")], [IMAGE, IMAGE]]
    shown = [f"images/{name}" for name in (one.file, *film.frames)]
    assert [image["path"] for image in out["images"]] == shown


def test_text_only_rows_of_a_mixed_set_have_no_pictures(tmp_path: Path) -> None:
    _, (words, seen) = exported(tmp_path, pair(), pair(media=[picture(tmp_path / "media")]))
    assert (words["images"], len(seen["images"])) == ([], 1)


def test_a_set_without_pictures_has_no_images_column(tmp_path: Path) -> None:
    _, (out,) = exported(tmp_path, pair())
    assert "images" not in out
    assert out["prompt"] == [{"role": "user", "content": "How many cups?"}]


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("judge_unproven", {"level": "judge"}),
    ("duplicate", {"chosen": "Two cups. "}),
    ("image_token", {"chosen": "The tag is <image>."}),
    ("mismatched_prompt", {"messages": [user("Behind", 0), turn("assistant", "What?")]}),
]


@pytest.mark.parametrize(("reason", "values"), REFUSED)
def test_a_set_whose_rows_with_pictures_are_all_refused_has_no_images_column(
    tmp_path: Path, reason: str, values: dict[str, Any]
) -> None:
    refused = pair(
        **{"messages": [user("Behind", 0)], **values}, media=[picture(tmp_path / "media")]
    )
    source = build(tmp_path, [pair(), refused], judge_unproven=True)
    result, (out,) = written("trl", source, tmp_path / "out")
    assert result.refused == {reason: 1}
    assert "images" not in out
    assert out["prompt"] == [{"role": "user", "content": "How many cups?"}]


def test_a_picture_that_cannot_be_read_asks_for_no_images_column(tmp_path: Path) -> None:
    broken = stored(tmp_path / "media", b"no picture at all", "png")
    result, (out,) = exported(tmp_path, pair(), pair([user(0, "Before")], [broken]))
    assert "images" not in out
    assert result.refused == {"missing_media": 1}


def test_a_refused_row_asks_for_no_blocks(tmp_path: Path) -> None:
    one = picture(tmp_path / "media")
    behind = pair([user("Behind", 0)], [one], chosen=" ")
    _, (out,) = exported(tmp_path, behind, pair([user(0, "Before")], [one]))
    assert (len(out["images"]), out["prompt"][0]["content"]) == (1, "Before")


def test_a_set_whose_pictures_are_all_lost_has_no_images_column(tmp_path: Path) -> None:
    lost = picture(tmp_path / "media").model_copy(update={"file": "0" * 64 + ".png"})
    result, (out,) = exported(tmp_path, pair(), pair([user("Behind", 0)], [lost]))
    assert "images" not in out
    assert out["prompt"] == [{"role": "user", "content": "How many cups?"}]
    assert result.refused == {"missing_media": 1}


def test_a_prompt_with_a_video_file_is_refused(tmp_path: Path) -> None:
    video = stored(tmp_path / "media", b"a container", "mp4", kind="video")
    result, rows = exported(tmp_path, pair(media=[video]), pair())
    assert (len(rows), result.refused) == (1, {"video_not_supported": 1})
    assert "images" not in rows[0]


def test_a_text_that_says_image_is_refused_among_pictures_only(tmp_path: Path) -> None:
    says = pair(chosen="The tag is <image>.")
    result, rows = exported(tmp_path, says)
    assert (len(rows), result.refused) == (1, {})
    result, rows = exported(tmp_path, says, pair(media=[picture(tmp_path / "media")]))
    assert (len(rows), result.refused) == (1, {"image_token": 1})


@pytest.mark.parametrize("index", [1, 99])
def test_a_message_that_shows_what_is_not_there_is_refused(tmp_path: Path, index: int) -> None:
    row = pair(media=[picture(tmp_path / "media")])
    broken = row.model_copy(update={"messages": (user(index, "Where?"),)})
    result, rows = exported(tmp_path, row, broken)
    assert (len(rows), result.refused) == (1, {"missing_media": 1})
