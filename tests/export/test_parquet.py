from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.candidate import Medium
from schemas.pair import PreferencePair
from tests.support.pairs import build, frames, pair, picture, reason, stored, turn, user, written

TEXT = st.text(st.characters(codec="utf-8"), min_size=1)


def exported(folder: Path, *rows: PreferencePair) -> list[dict[str, Any]]:
    return written("parquet", build(folder, rows), folder / "out")[1]


def numbers(scores: Mapping[str, Decimal]) -> dict[str, float]:
    return {metric: float(value) for metric, value in scores.items()}


def test_row_holds_every_column_of_the_pair(tmp_path: Path) -> None:
    row = pair(
        media=[picture(tmp_path / "media", 1)],
        rationales=(reason("clearer"),),
        attributes={"topic": "cups"},
        provenance=("a" * 32,),
        delta="0.7",
        delta_source="calibration",
        similarity="0.333333",
        reference="Three.",
        source_key="17",
    )
    (out,) = exported(tmp_path, row)
    shaped = {"messages", "media", "chosen_scores", "rejected_scores", "attributes"}
    first = ["pair_id", "prompt_id", "split", "component", "messages", "media", "images"]
    assert list(out)[:7] == first
    assert set(out) == set(PreferencePair.model_fields) | {"images"}
    plain = row.model_dump()
    for name in set(PreferencePair.model_fields) - shaped:
        value = list(plain[name]) if isinstance(plain[name], tuple) else plain[name]
        assert out[name] == (float(value) if isinstance(value, Decimal) else value)
    assert out["messages"][0]["parts"][0] == {"type": "media", "text": None, "media_index": 0}
    assert out["chosen_scores"] == numbers(row.chosen_scores)
    assert out["rejected_scores"] == numbers(row.rejected_scores)
    assert out["attributes"] == [{"key": "topic", "value": "cups"}]


def test_media_say_where_their_pictures_and_videos_stand(tmp_path: Path) -> None:
    store = tmp_path / "media"
    one, film, two = picture(store, 1), frames(store, [2, 3]), picture(store, 4, "jpg")
    video = stored(store, b"a container", "mp4", kind="video")
    asked = [user(2, "then", 1), turn("assistant", "Yes."), user(0, "and", 3)]
    out, text = exported(tmp_path, pair(asked, [one, film, video, two]), pair())
    places = [(m["kind"], m["first"], m["count"]) for m in out["media"]]
    assert places == [("image", 0, 1), ("frames", 1, 2), ("video", 0, 1), ("image", 3, 1)]
    names = [one.file, *film.frames, two.file]
    assert [image["path"] for image in out["images"]] == [f"images/{name}" for name in names]
    assert out["images"][0]["bytes"] == (store / str(one.file)[:2] / str(one.file)).read_bytes()
    assert out["videos"] == [{"bytes": b"a container", "path": f"videos/{video.file}"}]
    assert (text["images"], text["videos"], text["media"]) == ([], [], [])


def test_media_keep_what_is_known_of_them_but_not_their_path(tmp_path: Path) -> None:
    film = frames(tmp_path / "media", [1])
    (out,) = exported(tmp_path, pair(media=[film]))
    assert out["media"] == [
        {
            "kind": "frames",
            "sha256": film.sha256,
            "first": 0,
            "count": 1,
            "width": None,
            "height": None,
            "fps": 2.0,
            "duration": None,
        }
    ]


def test_scores_of_different_rubrics_stand_side_by_side(tmp_path: Path) -> None:
    rows = [
        pair(chosen_scores={"ethics": "5"}, rejected_scores={}),
        pair(chosen="another", chosen_scores={}, rejected_scores={"helpfulness": "2.5"}),
    ]
    first, second = exported(tmp_path, *rows)
    assert first["chosen_scores"] == {"ethics": 5.0, "helpfulness": None}
    assert first["rejected_scores"] == {"ethics": None, "helpfulness": None}
    assert second["rejected_scores"] == {"ethics": None, "helpfulness": 2.5}


def test_score_columns_are_left_out_where_nobody_scored(tmp_path: Path) -> None:
    (out,) = exported(tmp_path, pair(chosen_scores={}, rejected_scores={}, margin=None))
    assert "chosen_scores" not in out
    assert out["margin"] is None


def test_videos_column_is_left_out_where_there_is_no_video(tmp_path: Path) -> None:
    (out,) = exported(tmp_path, pair())
    assert "videos" not in out
    assert out["images"] == []


def test_a_lost_video_is_refused(tmp_path: Path) -> None:
    lost = Medium(kind="video", file="0" * 64 + ".mp4")
    result, _ = written("parquet", build(tmp_path, [pair(media=[lost])]), tmp_path / "out")
    assert result.refused == {"missing_media": 1}


@given(chosen=TEXT, rejected=TEXT, question=TEXT)
def test_texts_come_out_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, chosen: str, rejected: str, question: str
) -> None:
    folder = tmp_path_factory.mktemp("law")
    row = pair([user(f"0{question}")], chosen=f"1{chosen}", rejected=f"2{rejected}")
    (out,) = exported(folder, row)
    assert out["messages"][0]["parts"][0]["text"] == f"0{question}"
    assert (out["chosen"], out["rejected"]) == (row.chosen, row.rejected)
