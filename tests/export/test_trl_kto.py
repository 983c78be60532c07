from hashlib import sha256
from pathlib import Path
from typing import Any

from export.base import ExportResult
from schemas.exported import AnswerRow
from tests.support.answers import answer, given
from tests.support.hostile import texts
from tests.support.pairs import frames, picture, stored, turn, user, written


def exported(
    folder: Path, *rows: AnswerRow, **values: Any
) -> tuple[ExportResult, list[dict[str, Any]]]:
    return written("trl-kto", given(folder, rows, **values), folder / "out")


def good(response: str = "Three cups.", *asked: Any, **values: Any) -> AnswerRow:
    return answer(response, *asked, n_chosen=2, **values)


def test_row_is_an_answer_with_its_label(tmp_path: Path) -> None:
    medium = picture(tmp_path / "media", 1)
    yes = answer("Three cups.", media=[medium], n_chosen=1)
    no = answer("Two cups.", media=[medium], n_rejected=3)
    _, (chosen, rejected) = exported(tmp_path, yes, no)
    data = (tmp_path / "media" / str(medium.file)[:2] / str(medium.file)).read_bytes()
    assert chosen == {
        "images": [{"bytes": data, "path": f"images/{medium.file}"}],
        "prompt": [{"role": "user", "content": "How many cups?"}],
        "completion": [{"role": "assistant", "content": "Three cups."}],
        "label": True,
        "prompt_id": yes.prompt_id,
        "component": yes.component,
        "candidate_id": yes.candidate_id,
    }
    assert (rejected["label"], rejected["completion"][0]["content"]) == (False, "Two cups.")


def test_an_answer_on_both_sides_is_refused_and_one_in_no_pair_is_not_taken(
    tmp_path: Path,
) -> None:
    rows = [good(), answer("Four.", n_chosen=1, n_rejected=1), answer("Five.")]
    result, kept = exported(tmp_path, *rows)
    assert (len(kept), result.refused) == (1, {"both_sides": 1})


def test_an_answer_in_pairs_of_an_unproven_judge_alone_is_refused(tmp_path: Path) -> None:
    judged = [answer("Four.", n_judged=2), answer(" ", n_judged=1)]
    result, kept = exported(tmp_path, good(n_judged=1), *judged, judge_unproven=True)
    assert [row["completion"][0]["content"] for row in kept] == ["Three cups."]
    assert result.refused == {"judge_unproven": 2}


def test_a_conversation_with_pictures_stays_whole(tmp_path: Path) -> None:
    store = tmp_path / "media"
    film, one = frames(store, [5, 3]), picture(store, 1)
    asked = [turn("system", "Be short."), user(0, "Same?"), turn("assistant", "No."), user(1, "?")]
    _, (out,) = exported(tmp_path, good("So.", asked, [film, one]))
    images = [image["path"] for image in out["images"]]
    assert images == [f"images/{name}" for name in (*film.frames, one.file)]
    types = [[block["type"] for block in message["content"]] for message in out["prompt"]]
    assert types == [["text"], ["image", "image", "text"], ["text"], ["image", "text"]]


def test_a_set_without_pictures_has_no_images_column(tmp_path: Path) -> None:
    _, (out,) = exported(tmp_path, good())
    assert "images" not in out


def test_pictures_of_refused_answers_ask_for_no_images_column(tmp_path: Path) -> None:
    shown = [picture(tmp_path / "media")]
    rows = [answer("Four.", media=shown, n_judged=1), good(" ", media=shown), good()]
    result, (out,) = exported(tmp_path, *rows)
    assert result.refused == {"empty_response": 1, "judge_unproven": 1}
    assert "images" not in out


def test_what_cannot_be_shown_is_refused(tmp_path: Path) -> None:
    store = tmp_path / "media"
    video = stored(store, b"a container", "mp4", kind="video")
    lost = picture(store, 3).model_copy(update={"file": "0" * 64 + ".png"})
    rows = [
        good(media=[video]),
        good(media=[lost]),
        good("The tag is <image>."),
        good(" "),
        good(media=[picture(store, 1)]),
    ]
    result, kept = exported(tmp_path, *rows)
    assert len(kept) == 1
    assert result.refused == {
        "empty_response": 1,
        "image_token": 1,
        "missing_media": 1,
        "video_not_supported": 1,
    }


def test_an_answer_that_judges_scored_stays_where_people_decided_its_pairs(tmp_path: Path) -> None:
    """`n_chosen` counts no pair of an unproven judge, so nothing is left to refuse."""
    rows = [good(level="judge"), answer("Five.", level="judge")]
    result, kept = exported(tmp_path, *rows, judge_unproven=True)
    assert (len(kept), result.refused) == (1, {})


def test_texts_that_try_to_be_more_stay_texts(tmp_path: Path) -> None:
    _, kept = exported(tmp_path, *(good(f"{text} good", [user(text)]) for text in texts()))
    found = [(row["prompt"][0]["content"], row["completion"][0]["content"]) for row in kept]
    assert found == [(text, f"{text} good") for text in texts()]


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    source = given(tmp_path, [good(), answer("Two.", n_rejected=1)])
    found = []
    for name in ("one", "two"):
        result, _ = written("trl-kto", source, tmp_path / name)
        found.append(sha256((result.path / result.files[0]).read_bytes()).hexdigest())
    assert found[0] == found[1]
