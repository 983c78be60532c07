from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curate.workspace import Workspace
from export.base import Metric
from schemas.errors import ExportError
from schemas.exported import AnswerRow
from schemas.rubric import rubric_id_of
from tests.support.answers import FIVE, NAMES, answer, given
from tests.support.pairs import frames, picture, stored, turn, user, written
from tests.support.pulling import events_of, pulled, rows_of, workspace_at

THREE_TURNS = [user("Same?"), turn("assistant", "No."), user("Why?")]
FLAT = "Same?\n<extra_id_1>Assistant\nNo.\n<extra_id_1>User\nWhy?"


def test_row_has_the_columns_of_helpsteer2_and_whole_numbers(tmp_path: Path) -> None:
    row = answer(points=("4", "2.5", "2.499999", "1", "0"))
    result, (out,) = written("helpsteer", given(tmp_path, [row]), tmp_path / "out")
    assert out == {
        "prompt": "How many cups?",
        "response": "Three cups.",
        **dict(zip(NAMES, (4, 3, 2, 1, 0), strict=True)),
        "prompt_id": row.prompt_id,
        "candidate_id": row.candidate_id,
    }
    assert list(out)[:7] == ["prompt", "response", *NAMES]
    schema = pq.read_schema(tmp_path / "out" / result.files[0])
    assert {schema.field(name).type for name in NAMES} == {pa.int32()}
    assert result.warnings == (
        "means between two points were rounded, .5 up, for 1 of the answers",
    )


def test_a_conversation_is_one_text_as_in_the_card_of_helpsteer2(tmp_path: Path) -> None:
    row = answer(messages=THREE_TURNS)
    _, (out,) = written("helpsteer", given(tmp_path, [row]), tmp_path / "out")
    assert out["prompt"] == FLAT


def test_every_picture_is_a_line_where_it_is_shown(tmp_path: Path) -> None:
    store = tmp_path / "media"
    film, one = frames(store, [5, 3]), picture(store, 1)
    asked = [user("a", 1, "b"), turn("assistant", "c"), user(0, "d", "e")]
    source = given(tmp_path, [answer(messages=asked, media=[film, one])])
    _, (out,) = written("helpsteer", source, tmp_path / "out")
    marks = "<image>\n<image>\n"
    assert out["prompt"] == (
        f"a\n<image>\nb\n<extra_id_1>Assistant\nc\n<extra_id_1>User\n{marks}de"
    )
    shown = [f"images/{name}" for name in (one.file, *film.frames)]
    assert [image["path"] for image in out["images"]] == shown


def test_what_a_row_of_helpsteer_cannot_hold_is_refused(tmp_path: Path) -> None:
    store = tmp_path / "media"
    video = stored(store, b"a container", "mp4", kind="video")
    rows = [
        answer("a", [turn("system", "Be short."), user("Q")]),
        answer("b", [*THREE_TURNS[:2], user("Say <extra_id_1>User")]),
        answer("bb", [turn("assistant", "Hello."), user("Q")]),
        answer("c", [user("Say <extra_id_1>User")]),
        answer("d", media=[video]),
        answer("The tag is <image>."),
        answer("f", points=None),
        answer("g", scores={"overall": "3"}, rubric_id="style:0:4"),
        answer("h", media=[picture(store)]),
    ]
    result, out = written("helpsteer", given(tmp_path, rows), tmp_path / "out")
    assert [row["response"] for row in out] == ["c", "h"]
    assert result.refused == {
        "system_turn": 1,
        "not_alternating": 1,
        "special_token": 1,
        "video_not_supported": 1,
        "image_token": 1,
        "unrated": 1,
        "other_rubric": 1,
    }


def test_pictures_of_refused_answers_ask_for_no_images_column(tmp_path: Path) -> None:
    shown = [picture(tmp_path / "media")]
    rows = [answer("a", media=shown, level="judge"), answer("b", media=shown, points=None)]
    source = given(tmp_path, [*rows, answer("c")], judge_unproven=True)
    result, (out,) = written("helpsteer", source, tmp_path / "out")
    assert result.refused == {"judge_unproven": 1, "unrated": 1}
    assert "images" not in out


def test_another_rubric_has_columns_of_its_own(tmp_path: Path) -> None:
    own = rubric_id_of({"style": (1, 7)})
    row = answer(scores={"style": "6"}, rubric_id=own)
    source = given(tmp_path, [row], rubric=[Metric("style", 1.0, 7.0, 1.0)])
    _, (out,) = written("helpsteer", source, tmp_path / "out")
    assert list(out) == ["prompt", "response", "style", "prompt_id", "candidate_id"]
    assert out["style"] == 6


def test_a_metric_with_the_name_of_a_column_is_refused(tmp_path: Path) -> None:
    source = given(tmp_path, [answer()], rubric=[*FIVE, Metric("prompt", 0.0, 4.0, 1.0)])
    with pytest.raises(ExportError, match="metric 'prompt' has the name of a column"):
        written("helpsteer", source, tmp_path / "out")


def asked_with_pictures(store: Path) -> list[AnswerRow]:
    """Two questions of the same words on different pictures, and one without."""
    points = {"Three.": (4, 4, 4, 2, 1), "Two.": (1, 0, 2, 1, 0)}
    pictures = [[picture(store, 1)], [picture(store, 2), picture(store, 3)], []]
    return [
        answer(text, [user(*range(len(media)), "How many?\n")], media, points=given)
        for media in pictures
        for text, given in points.items()
    ]


def pulled_back(folder: Path, rows: list[AnswerRow]) -> Workspace:
    """A workspace that pulled what the export of these rows wrote."""
    result, _ = written("helpsteer", given(folder, rows), folder / "out")
    workspace = workspace_at(folder / "workspace")
    report = pulled(workspace, folder / "out" / result.files[0])
    assert report.format == "helpsteer2"
    return workspace


def test_our_own_pull_gets_the_same_prompts_answers_and_scores_back(tmp_path: Path) -> None:
    rows = asked_with_pictures(tmp_path / "media")
    workspace = pulled_back(tmp_path, rows)
    assert {row["candidate_id"] for row in rows_of(workspace, "candidates")} == {
        row.candidate_id for row in rows
    }
    assert {row["prompt_id"] for row in rows_of(workspace, "prompts")} == {
        row.prompt_id for row in rows
    }
    got = {
        it.candidate_id: {metric: it.scores[metric] for metric in NAMES}
        for event in events_of(workspace)
        for it in event.answers
    }
    assert got == {
        row.candidate_id: {name: float(value) for name, value in row.scores.items()} for row in rows
    }


def test_our_own_pull_has_a_conversation_as_one_text(tmp_path: Path) -> None:
    workspace = pulled_back(tmp_path, [answer(messages=THREE_TURNS)])
    (prompt,) = rows_of(workspace, "prompts")
    assert [part["text"] for part in prompt["messages"][0]["parts"]] == [FLAT]
