import json
from pathlib import Path
from typing import Any

from export.base import ExportResult
from schemas.pair import PreferencePair
from tests.support.pairs import build, frames, pair, picture, stored, turn, user, written


def exported(folder: Path, *rows: PreferencePair) -> tuple[ExportResult, list[dict[str, Any]]]:
    return written("llama-factory", build(folder, rows), folder / "out")


def info(folder: Path) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads((folder / "out" / "dataset_info.json").read_bytes())
    return entries


def test_row_is_a_sharegpt_conversation_with_two_answers(tmp_path: Path) -> None:
    medium = picture(tmp_path / "media", 1)
    row = pair(media=[medium])
    _, (out,) = exported(tmp_path, row)
    assert out == {
        "conversations": [{"from": "human", "value": "<image>How many cups?"}],
        "chosen": {"from": "gpt", "value": "Three cups."},
        "rejected": {"from": "gpt", "value": "Two cups."},
        "images": [f"images/{str(medium.file)[:2]}/{medium.file}"],
        "videos": [],
        "pair_id": row.pair_id,
    }


def test_a_conversation_with_its_system_turn_stays_whole(tmp_path: Path) -> None:
    asked = [turn("system", "Be short."), user("Same?"), turn("assistant", "No."), user("Why?")]
    _, (out,) = exported(tmp_path, pair(asked))
    assert [(it["from"], it["value"]) for it in out["conversations"]] == [
        ("system", "Be short."),
        ("human", "Same?"),
        ("gpt", "No."),
        ("human", "Why?"),
    ]


def test_there_are_as_many_marks_as_files(tmp_path: Path) -> None:
    store = tmp_path / "media"
    one, film = picture(store, 1), frames(store, [5, 3, 4])
    video = stored(store, b"a container", "mp4", kind="video")
    asked = [user(0, "a", 2), turn("assistant", "b"), user("c", 1)]
    _, (out,) = exported(tmp_path, pair(asked, [one, film, video]))
    values = [it["value"] for it in out["conversations"]]
    assert values == ["<image>a<video>", "b", "c<image><image><image>"]
    assert [Path(path).name for path in out["images"]] == [one.file, *film.frames]
    assert [Path(path).name for path in out["videos"]] == [video.file]


def test_every_file_has_an_entry_that_names_its_columns(tmp_path: Path) -> None:
    medium = picture(tmp_path / "media", 1)
    result, _ = exported(tmp_path, pair(media=[medium]), pair(chosen="Four."), pair(split="test"))
    assert result.files == ("train.jsonl", "test.jsonl", "dataset_info.json")
    columns = {"messages": "conversations", "chosen": "chosen", "rejected": "rejected"}
    entries = info(tmp_path)
    assert list(entries) == ["pairwright_train", "pairwright_test"]
    train, test = entries.values()
    assert train == {
        "file_name": "train.jsonl",
        "formatting": "sharegpt",
        "ranking": True,
        "columns": {**columns, "images": "images"},
        "tags": {
            "role_tag": "from",
            "content_tag": "value",
            "user_tag": "human",
            "assistant_tag": "gpt",
            "observation_tag": "observation",
            "function_tag": "function_call",
            "system_tag": "system",
        },
    }
    assert test == {**train, "file_name": "test.jsonl", "columns": columns}


def test_a_set_with_videos_names_their_column(tmp_path: Path) -> None:
    video = stored(tmp_path / "media", b"a container", "mp4", kind="video")
    exported(tmp_path, pair(media=[video]))
    columns = info(tmp_path)["pairwright_train"]["columns"]
    assert (columns["videos"], "images" in columns) == ("videos", False)


def test_turns_that_do_not_alternate_are_refused(tmp_path: Path) -> None:
    rows = [
        pair([user("One"), user("Two")]),
        pair([user("One"), user("Two"), user("Three")]),
        pair([turn("assistant", "Hello."), user("Hi")]),
        pair([turn("system", "A"), turn("system", "B"), user("Hi")]),
        pair(),
    ]
    result, kept = exported(tmp_path, *rows)
    assert (len(kept), result.refused) == (1, {"not_alternating": 4})


def test_a_picture_of_the_system_is_refused(tmp_path: Path) -> None:
    asked = [turn("system", 0, "Look."), user("What is it?")]
    result, rows = exported(tmp_path, pair(asked, [picture(tmp_path / "media")]), pair())
    assert (len(rows), result.refused) == (1, {"system_media": 1})


def test_a_text_that_says_a_medium_s_mark_is_refused(tmp_path: Path) -> None:
    rows = [pair(chosen="It is <image>."), pair([user("<video>?")]), pair(rejected="<audio>")]
    result, kept = exported(tmp_path, *rows, pair())
    assert (len(kept), result.refused) == (1, {"image_token": 3})
