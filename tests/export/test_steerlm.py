from pathlib import Path

import pytest

from export.base import Metric
from schemas.errors import ExportError
from schemas.rubric import rubric_id_of
from tests.support.answers import NAMES, OWN, answer, given
from tests.support.pairs import picture, turn, user, written

SENTENCE = (
    "\nPlease answer the question such that your response is in the following attributes in "
    "5-point Likert scale:\n"
)
IMAGE = {"type": "image", "text": None}
MM_RLHF = tuple(Metric(name, 1.0, 5.0, 1.0) for name in ("helpfulness", "faithfulness", "ethics"))


def test_request_is_the_sentence_of_mllm_dpo_to_the_byte(tmp_path: Path) -> None:
    row = answer(points=(4, 3, 2, 1, 0))
    _, (out,) = written("steerlm", given(tmp_path, [row]), tmp_path / "out")
    points = "Helpfulness:4,Correctness:3,Coherence:2,Complexity:1,Verbosity:0"
    assert out == {
        "prompt": [{"role": "user", "content": f"How many cups?{SENTENCE}{points}"}],
        "completion": [{"role": "assistant", "content": "Three cups."}],
        "prompt_id": row.prompt_id,
        "component": row.component,
        "candidate_id": row.candidate_id,
    }


def test_another_rubric_has_its_own_names_and_steps(tmp_path: Path) -> None:
    scores = {"helpfulness": "5", "faithfulness": "4", "ethics": "1"}
    own = rubric_id_of(dict.fromkeys(scores, (1, 5)))
    row = answer(scores=scores, rubric_id=own)
    _, (out,) = written("steerlm", given(tmp_path, [row], rubric=MM_RLHF), tmp_path / "out")
    points = "Helpfulness:5,Faithfulness:4,Ethics:1"
    assert out["prompt"][0]["content"] == f"How many cups?{SENTENCE}{points}"


@pytest.mark.parametrize(
    ("mean", "shown"), [("2.499999", 2), ("2.5", 3), ("2.666667", 3), ("0.5", 1), ("0.333333", 0)]
)
def test_means_between_two_points_are_rounded_half_up_and_told(
    tmp_path: Path, mean: str, shown: int
) -> None:
    rows = [answer(points=(mean, 3, 3, 3, 3)), answer("Four.", points=(3, 3, 3, 3, 3))]
    result, (out, _) = written("steerlm", given(tmp_path, rows), tmp_path / "out")
    assert f"Helpfulness:{shown}," in out["prompt"][0]["content"]
    (warning,) = result.warnings
    assert warning.endswith("rounded, .5 up, for 1 of the answers")


def test_the_request_follows_the_last_turn_of_a_conversation(tmp_path: Path) -> None:
    asked = [turn("system", "Be short."), user("Same?"), turn("assistant", "No."), user("Why?")]
    _, (out,) = written("steerlm", given(tmp_path, [answer(messages=asked)]), tmp_path / "out")
    texts = [message["content"] for message in out["prompt"]]
    assert texts[:3] == ["Be short.", "Same?", "No."]
    assert texts[3].startswith("Why?\nPlease answer")


def test_a_last_turn_of_pictures_alone_is_followed_too(tmp_path: Path) -> None:
    row = answer(messages=[user(0)], media=[picture(tmp_path / "media")])
    _, (out,) = written("steerlm", given(tmp_path, [row]), tmp_path / "out")
    assert out["prompt"][0]["content"].startswith("\nPlease answer")
    assert len(out["images"]) == 1


def test_in_blocks_the_request_is_in_the_text_that_ends_the_turn(tmp_path: Path) -> None:
    store = tmp_path / "media"
    ends = answer(messages=[user("Look: ", 0, "well?")], media=[picture(store, 1)])
    shows = answer(messages=[user("Look:", 0)], media=[picture(store, 2)])
    _, (one, two) = written("steerlm", given(tmp_path, [ends, shows]), tmp_path / "out")
    points = "Helpfulness:4,Correctness:4,Coherence:3,Complexity:2,Verbosity:1"
    request = SENTENCE + points
    first, second = one["prompt"][0]["content"], two["prompt"][0]["content"]
    assert first == [text("Look: "), IMAGE, text("well?" + request)]
    assert second == [text("Look:"), IMAGE, text(request)]


def text(value: str) -> dict[str, str]:
    return {"type": "text", "text": value}


def test_answers_without_points_on_every_metric_are_refused(tmp_path: Path) -> None:
    rows = [
        answer("a", points=None),
        answer("b", scores=dict.fromkeys(NAMES[:4], "1")),
        answer("c", scores={"overall": "7"}, rubric_id="style:0:9"),
        answer("d", rubric_id=OWN.replace("0:4", "1:5")),
        answer("e"),
    ]
    result, out = written("steerlm", given(tmp_path, rows), tmp_path / "out")
    assert [row["completion"][0]["content"] for row in out] == ["e"]
    assert result.refused == {"unrated": 2, "other_rubric": 2}


@pytest.mark.parametrize(
    ("rubric", "message"),
    [
        ((*MM_RLHF, Metric("style", 0.0, 4.0, 1.0)), "points on one scale, and the rubric has 2"),
        ((Metric("style", 0.0, 0.5, 1.0),), "asks for whole points, and the scale is 0.0 to 0.5"),
    ],
)
def test_a_rubric_that_the_sentence_would_lie_about_is_refused(
    tmp_path: Path, rubric: tuple[Metric, ...], message: str
) -> None:
    source = given(tmp_path, [answer()], rubric=rubric)
    with pytest.raises(ExportError, match=message):
        written("steerlm", source, tmp_path / "out")
