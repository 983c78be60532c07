from pathlib import Path

from tests.support.answers import answer, given
from tests.support.pairs import picture, user, written

NAME = "rejection-sampling"


def test_one_answer_of_full_marks_a_prompt_and_picture(tmp_path: Path) -> None:
    store = tmp_path / "media"
    rows = [
        answer(text, media=[picture(store, shade)], full_marks=True, place=place)
        for shade in (1, 2)
        for place, text in enumerate(("Three.", "Three of them."), 1)
    ]
    result, out = written(NAME, given(tmp_path, rows), tmp_path / "out")
    assert result.refused == {}
    assert [row["completion"][0]["content"] for row in out] == ["Three."] * 2
    assert len({row["images"][0]["path"] for row in out}) == 2
    ids = ["prompt_id", "candidate_id", "component"]
    assert list(out[0]) == ["images", "prompt", "completion", *ids]


def test_a_prompt_whose_answers_all_fall_short_is_counted_once(tmp_path: Path) -> None:
    rows = [answer("Two.", place=2), answer("Three.", place=1)]
    result, out = written(NAME, given(tmp_path, rows), tmp_path / "out")
    assert (out, result.refused) == ([], {"no_full_marks": 1})


def test_a_prompt_without_a_score_is_unrated(tmp_path: Path) -> None:
    rows = [answer("Two.", [user("Q")], points=None), answer(full_marks=True)]
    result, out = written(NAME, given(tmp_path, rows), tmp_path / "out")
    assert (len(out), result.refused) == (1, {"unrated": 1})
