from pathlib import Path

from tests.support.answers import given, reference
from tests.support.pairs import picture, turn, user, written


def test_row_is_a_prompt_with_its_pictures_and_the_reference(tmp_path: Path) -> None:
    medium = picture(tmp_path / "media", 1)
    row = reference("Three.", media=[medium])
    _, (out,) = written("sft", given(tmp_path, [row]), tmp_path / "out")
    assert [image["path"] for image in out.pop("images")] == [f"images/{medium.file}"]
    assert out == {
        "prompt": [{"role": "user", "content": "How many cups?"}],
        "completion": [{"role": "assistant", "content": "Three."}],
        "prompt_id": row.prompt_id,
        "component": row.component,
    }


def test_a_conversation_stays_whole(tmp_path: Path) -> None:
    asked = [turn("system", "Be short."), user("Same?"), turn("assistant", "No."), user("Why?")]
    row = reference("One is blue.", asked)
    _, (out,) = written("sft", given(tmp_path, [row]), tmp_path / "out")
    assert [message["content"] for message in out["prompt"]] == [
        "Be short.",
        "Same?",
        "No.",
        "Why?",
    ]


def test_prompts_without_a_reference_are_told_of(tmp_path: Path) -> None:
    source = given(tmp_path, [reference("Three.")], left_out={"references": 1234})
    result, rows = written("sft", source, tmp_path / "out")
    assert len(rows) == 1
    (warning,) = result.warnings
    assert warning.startswith("1,234 prompts have no reference answer")


def test_a_judge_that_is_not_proven_has_no_say_in_references(tmp_path: Path) -> None:
    source = given(tmp_path, [reference("Three.")], judge_unproven=True)
    result, rows = written("sft", source, tmp_path / "out")
    assert (len(rows), result.refused, result.warnings) == (1, {}, ())


def test_a_blank_reference_is_refused(tmp_path: Path) -> None:
    source = given(tmp_path, [reference(" \n\t")])
    result, rows = written("sft", source, tmp_path / "out")
    assert (rows, result.refused) == ([], {"empty_response": 1})
