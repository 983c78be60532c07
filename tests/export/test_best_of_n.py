from decimal import Decimal
from pathlib import Path

import pytest

from export.base import Choices
from schemas.exported import AnswerRow
from schemas.rubric import rubric_id_of
from tests.support.answers import OWN, answer, given
from tests.support.pairs import picture, stored, user, written


def asked(text: str) -> list[AnswerRow]:
    """A prompt with two answers, the second of which is the best."""
    messages = [user(text)]
    worse = answer("Two.", messages, points=(1, 1, 1, 0, 0), place=2)
    return [worse, answer("Three.", messages, points=(4, 4, 2, 0, 0), place=1)]


def test_row_is_the_best_answer_with_its_score(tmp_path: Path) -> None:
    rows = asked("How many?")
    _, (out,) = written("best-of-n", given(tmp_path, rows), tmp_path / "out")
    assert out == {
        "prompt": [{"role": "user", "content": "How many?"}],
        "completion": [{"role": "assistant", "content": "Three."}],
        "prompt_id": rows[1].prompt_id,
        "component": rows[1].component,
        "candidate_id": rows[1].candidate_id,
        "rubric_id": OWN,
        "score": 10.0,
    }


STYLE = rubric_id_of({"style": (0, 100)})


@pytest.mark.parametrize(
    ("choices", "rubrics", "refused"),
    [
        (Choices(threshold=Decimal(10)), [OWN], {"other_rubric": 1}),
        (Choices(), [OWN, STYLE], {}),
    ],
)
def test_points_of_another_rubric_are_told_and_held_against_no_threshold(
    tmp_path: Path, choices: Choices, rubrics: list[str], refused: dict[str, int]
) -> None:
    other = answer("Nice.", [user("Another")], score="90", scores={"style": "90"}, rubric_id=STYLE)
    source = given(tmp_path, [*asked("Q"), other], choices=choices)
    result, rows = written("best-of-n", source, tmp_path / "out")
    assert ([row["rubric_id"] for row in rows], result.refused) == (rubrics, refused)


@pytest.mark.parametrize(
    ("threshold", "refused"), [("10", {}), ("10.000001", {"below_threshold": 1})]
)
def test_the_threshold_is_the_least_score(
    tmp_path: Path, threshold: str, refused: dict[str, int]
) -> None:
    source = given(tmp_path, asked("Q"), choices=Choices(threshold=Decimal(threshold)))
    result, rows = written("best-of-n", source, tmp_path / "out")
    assert (result.refused, len(rows)) == (refused, 1 - len(refused))


def test_a_prompt_without_a_score_counts_once_as_unrated(tmp_path: Path) -> None:
    messages = [user("Nobody voted")]
    silent = [answer(text, messages, points=None, place=n) for n, text in enumerate("abc", 1)]
    source = given(tmp_path, [*silent, *asked("Q")], choices=Choices(threshold=Decimal(1)))
    result, rows = written("best-of-n", source, tmp_path / "out")
    assert (result.refused, len(rows)) == ({"unrated": 1}, 1)


def test_answers_that_an_unproven_judge_alone_scored_are_refused(tmp_path: Path) -> None:
    by_judge = answer("One.", [user("Another")], level="judge")
    source = given(tmp_path, [*asked("Q"), by_judge], judge_unproven=True)
    result, rows = written("best-of-n", source, tmp_path / "out")
    assert (result.refused, len(rows)) == ({"judge_unproven": 1}, 1)


def test_pictures_of_answers_that_are_not_taken_ask_for_no_images(tmp_path: Path) -> None:
    shown = answer("Four.", media=[picture(tmp_path / "media")], place=2)
    _, (out,) = written("best-of-n", given(tmp_path, [shown, *asked("Q")]), tmp_path / "out")
    assert "images" not in out


def test_a_video_is_refused(tmp_path: Path) -> None:
    film = stored(tmp_path / "media", b"a container", "mp4", kind="video")
    result, rows = written("best-of-n", given(tmp_path, [answer(media=[film])]), tmp_path / "out")
    assert (rows, result.refused) == ([], {"video_not_supported": 1})


def test_small_row_groups_give_the_same_rows(tmp_path: Path) -> None:
    rows = [row for number in range(20) for row in asked(f"Question {number}")]
    _, whole = written("best-of-n", given(tmp_path, rows), tmp_path / "one")
    _, parts = written("best-of-n", given(tmp_path, rows, row_group_size=3), tmp_path / "two")
    assert whole == parts
    assert len(whole) == 20
