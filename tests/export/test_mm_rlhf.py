from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.base import Choices, ExportResult
from export.mm_rlhf import ls_factor
from schemas.pair import PreferencePair
from tests.support.pairs import build, frames, pair, picture, reason, stored, turn, user, written


def exported(
    folder: Path, *rows: PreferencePair, k: float = 0.5
) -> tuple[ExportResult, list[dict[str, Any]]]:
    return written("mm-rlhf", build(folder, rows, choices=Choices(k=k)), folder / "out")


def test_row_is_a_line_of_dpo_pairs(tmp_path: Path) -> None:
    medium = picture(tmp_path / "media", 1)
    row = pair(media=[medium], delta="2")
    about = [reason("The count is right.", row.chosen_id), reason("One is missed", row.rejected_id)]
    row = row.model_copy(update={"rationales": tuple(about)})
    _, (out,) = exported(tmp_path, row)
    assert out == {
        "id": row.prompt_id,
        "image": f"images/{str(medium.file)[:2]}/{medium.file}",
        "prompt": "How many cups?",
        "chosen": "Three cups.",
        "rejected": "Two cups.",
        "chosen_reason": "The count is right.",
        "rejected_reason": "One is missed",
        "pair_id": row.pair_id,
        "ls_factor": pytest.approx(0.6321205588),
    }


def test_the_prompt_has_no_mark_wherever_its_picture_stands(tmp_path: Path) -> None:
    _, (out,) = exported(tmp_path, pair([user("See ", 0, "here")], [picture(tmp_path / "media")]))
    assert out["prompt"] == "See here"


def test_pairs_of_a_prompt_share_its_id(tmp_path: Path) -> None:
    _, (one, other) = exported(tmp_path, pair(), pair(chosen="Four."))
    assert one["id"] == other["id"]
    assert one["pair_id"] != other["pair_id"]


def test_an_answer_that_nobody_explained_has_an_empty_reason(tmp_path: Path) -> None:
    row = pair()
    said = reason("One is missed", row.rejected_id, "correctness", "gemini", "judge")
    _, (out,) = exported(tmp_path, row.model_copy(update={"rationales": (said,)}))
    assert (out["chosen_reason"], out["rejected_reason"]) == ("", "correctness: One is missed")


@pytest.mark.parametrize(
    ("delta", "k", "beta"),
    [
        ("-2", 0.5, 0.1),
        ("0", 0.5, 0.1),
        ("0.5", 0.5, 0.1110600),
        ("1", 0.5, 0.1196735),
        ("2", 0.5, 0.1316060),
        ("10", 0.5, 0.1496631),
        ("0.5", 1, 0.1196735),
        ("1", 1, 0.1316060),
        ("2", 1, 0.1432332),
        ("10", 1, 0.1499977),
    ],
)
def test_beta_is_what_the_paper_s_formula_gives(
    tmp_path: Path, delta: str, k: float, beta: float
) -> None:
    """b0 = .1 and w = .5, in the trainer's own words: beta (1 + w ls_factor)."""
    _, (out,) = exported(tmp_path, pair(delta=delta), k=k)
    assert 0.1 * (1 + 0.5 * out["ls_factor"]) == pytest.approx(beta, abs=5e-8)


def test_without_a_delta_the_pair_is_plain_dpo(tmp_path: Path) -> None:
    _, (out,) = exported(tmp_path, pair(delta=None))
    assert out["ls_factor"] == 0.0


DELTAS = st.decimals(-1_000, 1_000, places=6)


@given(DELTAS, DELTAS, st.floats(0.01, 10))
def test_a_larger_delta_never_gives_less_and_all_stay_between_0_and_1(
    one: Decimal, other: Decimal, k: float
) -> None:
    low, high = sorted((one, other))
    assert 0 <= ls_factor(low, k) <= ls_factor(high, k) <= 1


def test_a_video_kept_as_frames_is_a_folder_of_them_in_their_order(tmp_path: Path) -> None:
    store = tmp_path / "media"
    film = frames(store, [5, 3, 5])
    result, (row,) = exported(tmp_path, pair(media=[film]))
    folder = result.path / row["video"]
    assert "image" not in row
    assert sorted(path.name for path in folder.iterdir()) == ["00001.jpg", "00002.jpg", "00003.jpg"]
    copied = [path.read_bytes() for path in sorted(folder.iterdir())]
    assert copied == [(store / name[:2] / name).read_bytes() for name in film.frames]


def test_a_film_with_a_frame_that_is_lost_is_refused_whole(tmp_path: Path) -> None:
    store = tmp_path / "media"
    film = frames(store, [5, 3])
    (store / film.frames[1][:2] / film.frames[1]).unlink()
    result, rows = exported(tmp_path, pair(media=[film]))
    assert (rows, result.refused) == ([], {"missing_media": 1})
    assert not (result.path / "videos").exists()


def test_what_the_layout_cannot_hold_is_refused_by_its_own_reason(tmp_path: Path) -> None:
    store = tmp_path / "media"
    clip = stored(store, b"a container", "mp4", kind="video")
    one, other = picture(store, 1), picture(store, 2)
    rows = [
        pair([turn("system", "Be short."), user("Why?")]),
        pair([user("Same?"), turn("assistant", "No."), user("Why?")]),
        pair(media=[clip]),
        pair(media=[one, other]),
        pair([user(0, "twice", 0)], [one]),
        pair(),
    ]
    result, kept = exported(tmp_path, *rows)
    assert len(kept) == 1
    assert result.refused == {
        "several_media": 2,
        "several_turns": 1,
        "system_turn": 1,
        "video_not_supported": 1,
    }


def test_a_text_or_a_reason_that_says_image_is_refused(tmp_path: Path) -> None:
    row = pair()
    said = row.model_copy(update={"rationales": (reason("sees <image>", row.chosen_id),)})
    result, kept = exported(tmp_path, pair(chosen="<image>"), said, pair(chosen="Four."))
    assert (len(kept), result.refused) == (1, {"image_token": 2})
