from pathlib import Path
from typing import Any

import pytest

from curate.sources.llava import LAYOUT
from tests.support.layout_examples import LLAVA, turn
from tests.support.source_input import MemorySource, media_in, reason_of, record_of


def test_conversation_is_a_prompt_with_its_last_answer_as_the_reference() -> None:
    record = record_of(LAYOUT, LLAVA)
    assert [one.role for one in record.turns] == ["user", "assistant", "user"]
    assert record.reference == "Red."
    assert not record.responses
    assert record.key == "000001"


def test_mark_is_the_place_of_the_picture() -> None:
    first = record_of(LAYOUT, LLAVA).turns[0]
    assert [getattr(part, "path", part) for part in first.parts] == ["coco/1.jpg", "What is it?"]


def test_conversation_that_ends_with_a_question_has_no_reference() -> None:
    record = record_of(LAYOUT, {**LLAVA, "conversations": LLAVA["conversations"][:3]})
    assert len(record.turns) == 3
    assert record.reference is None


def test_conversation_without_a_picture_is_text() -> None:
    record = record_of(LAYOUT, {"id": 3, "conversations": [turn("human", "What is <image>?")]})
    assert not media_in(record.turns)
    assert record.turns[0].parts == ["What is <image>?"]


def test_image_mark_stands_for_the_video_where_there_is_only_that(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    rows = [{"video": "frames", "conversations": [turn("human", "Look: <image> What is it?")]}]
    [item] = LAYOUT.read(MemorySource({"data.json": rows}, root=tmp_path))
    parts = item.turns[0].parts  # type: ignore[union-attr] # a drop would fail here, as it should
    assert [getattr(part, "kind", part) for part in parts] == ["Look: ", "frames", " What is it?"]


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        ([], "empty_prompt"),
        ([turn("gpt", "A cup.")], "empty_prompt"),
        ([turn("gpt", "A cup."), turn("gpt", "Red.")], "bad_type"),
        ([turn("robot", "A cup.")], "bad_type"),
        (["A cup."], "bad_type"),
        ([turn("human", "<image> and <image>")], "missing_media"),
    ],
)
def test_conversation_that_does_not_fit_is_dropped(turns: list[Any], reason: str) -> None:
    image = "1.jpg" if reason == "missing_media" else None
    assert reason_of(LAYOUT, {"image": image, "conversations": turns}) == reason
