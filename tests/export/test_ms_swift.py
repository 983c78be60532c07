from pathlib import Path
from typing import Any

import pytest

from export.base import ExportResult
from schemas.pair import PreferencePair
from tests.support.pairs import build, frames, pair, picture, stored, turn, user, written


def exported(folder: Path, *rows: PreferencePair) -> tuple[ExportResult, list[dict[str, Any]]]:
    return written("ms-swift", build(folder, rows), folder / "out")


def contents(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(message["role"], message["content"]) for message in row["messages"]]


def test_row_is_a_conversation_with_the_other_answer_beside_it(tmp_path: Path) -> None:
    medium = picture(tmp_path / "media", 1)
    row = pair(media=[medium])
    _, (out,) = exported(tmp_path, row)
    assert out == {
        "messages": [
            {"role": "user", "content": "<image>How many cups?"},
            {"role": "assistant", "content": "Three cups."},
        ],
        "rejected_response": "Two cups.",
        "images": [f"images/{str(medium.file)[:2]}/{medium.file}"],
        "margin": 0.375,
        "pair_id": row.pair_id,
    }


def test_every_medium_has_its_mark_where_it_is_shown(tmp_path: Path) -> None:
    store = tmp_path / "media"
    one, film = picture(store, 1), frames(store, [5, 3])
    video = stored(store, b"a container", "mp4", kind="video")
    asked = [
        turn("system", "Be short."),
        user("Same as ", 1, "?"),
        turn("assistant", "No."),
        user(0, "Or ", 2),
    ]
    _, (out,) = exported(tmp_path, pair(asked, [one, film, video]))
    assert contents(out) == [
        ("system", "Be short."),
        ("user", "Same as <image><image>?"),
        ("assistant", "No."),
        ("user", "<image>Or <video>"),
        ("assistant", "Three cups."),
    ]
    names = [Path(path).name for path in out["images"]]
    assert names == [*film.frames, one.file]
    assert [Path(path).name for path in out["videos"]] == [video.file]


def test_a_row_without_pictures_or_margin_lacks_their_keys(tmp_path: Path) -> None:
    _, (out,) = exported(tmp_path, pair(margin=None))
    assert out.keys() == {"messages", "rejected_response", "pair_id"}


@pytest.mark.parametrize("mark", ["<image>", "<video>", "<audio>"])
def test_a_text_that_says_a_medium_s_mark_is_refused(tmp_path: Path, mark: str) -> None:
    rows = [
        pair(chosen=f"It is {mark}."),
        pair(rejected=mark),
        pair([user(f"What does {mark} mean?")]),
        pair([turn("system", mark), user("Why?")]),
        pair(),
    ]
    result, kept = exported(tmp_path, *rows)
    assert (len(kept), result.refused) == (1, {"image_token": 4})


@pytest.mark.parametrize(
    "mark", ["<bbox>", "<ref-object>", "<cot-process>", "<start-image>", "<img>/etc/passwd</img>"]
)
def test_a_text_that_says_what_its_templates_replace_is_refused(tmp_path: Path, mark: str) -> None:
    rows = [pair([user(f"See {mark}")]), pair(chosen=mark), pair(rejected=mark), pair()]
    result, kept = exported(tmp_path, *rows)
    assert (len(kept), result.refused) == (1, {"special_token": 3})


def test_turns_that_do_not_alternate_are_refused(tmp_path: Path) -> None:
    rows = [
        pair([user("One"), user("Two")]),
        pair([turn("assistant", "Hello."), user("Hi")]),
        pair([user("One"), turn("system", "Be short."), user("Two")]),
        pair(),
    ]
    result, kept = exported(tmp_path, *rows)
    assert (len(kept), result.refused) == (1, {"not_alternating": 3})
