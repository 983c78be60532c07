from typing import Any

import pytest

from curate.sources.record import SourceMedium
from curate.sources.shaping import BadRowError
from curate.sources.turns import ends_with_user, message_turns, prompt_turns, text_of
from tests.support.sources import seen

ONE, TWO = SourceMedium("image", "1.png"), SourceMedium("image", "2.png")
CLIP = SourceMedium("frames", "clip")


def test_unmarked_images_come_first_in_the_prompt() -> None:
    assert seen(prompt_turns("Compare.", [ONE, TWO])) == [
        ("user", ["[image 1.png]", "[image 2.png]", "Compare."])
    ]


def test_marks_place_the_images_in_their_order() -> None:
    assert seen(prompt_turns("Is <image> older than <image>?", [ONE, TWO])) == [
        ("user", ["Is ", "[image 1.png]", " older than ", "[image 2.png]", "?"])
    ]


def test_images_beyond_the_marks_come_first() -> None:
    assert seen(prompt_turns("What of <image>?", [ONE, TWO])) == [
        ("user", ["[image 2.png]", "What of ", "[image 1.png]", "?"])
    ]


def test_newline_that_sets_a_mark_apart_goes_with_it() -> None:
    marked, plain = prompt_turns("<image>\nHow many?", [ONE]), prompt_turns("How many?", [ONE])
    assert marked == plain


def test_mark_without_its_image_is_missing_media() -> None:
    with pytest.raises(BadRowError, match=r"more images than the row has \(1\)") as raised:
        prompt_turns("<image> or <image>?", [ONE])
    assert raised.value.reason == "missing_media"


def test_mark_is_text_where_the_row_has_no_such_medium() -> None:
    text = "What does the <video> tag do beside an <image>?"
    assert seen(prompt_turns(text, [])) == [("user", [text])]
    assert seen(prompt_turns("The <video> tag", [ONE])) == [
        ("user", ["[image 1.png]", "The <video> tag"])
    ]


def test_video_mark_places_the_video_or_the_frames() -> None:
    assert seen(prompt_turns("<image><video>What changes?", [ONE, CLIP])) == [
        ("user", ["[image 1.png]", "[frames clip]", "What changes?"])
    ]


@pytest.mark.parametrize("text", [None, ""])
def test_prompt_of_an_image_alone_has_no_empty_text(text: str | None) -> None:
    assert seen(prompt_turns(text, [ONE])) == [("user", ["[image 1.png]"])]


@pytest.mark.parametrize(
    "messages",
    [
        [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "<image>Hi"},
            {"role": "assistant", "content": "Hello"},
            {"role": "user", "content": "Bye"},
        ],
        [
            {"from": "system", "value": "Be brief."},
            {"from": "human", "value": "<image>\nHi"},
            {"from": "gpt", "value": "Hello"},
            {"from": "human", "value": "Bye"},
        ],
    ],
    ids=["openai", "sharegpt"],
)
def test_both_forms_of_messages_give_the_same_turns(messages: list[dict[str, Any]]) -> None:
    assert seen(message_turns(messages, [ONE])) == [
        ("system", ["Be brief."]),
        ("user", ["[image 1.png]", "Hi"]),
        ("assistant", ["Hello"]),
        ("user", ["Bye"]),
    ]


def test_unplaced_media_come_first_in_the_first_user_turn() -> None:
    messages = [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}]
    assert seen(message_turns(messages, [ONE]))[1] == ("user", ["[image 1.png]", "u"])


def test_content_parts_keep_their_order_and_take_the_next_image() -> None:
    content = [
        {"type": "text", "text": "a <image>", "image": None},
        {"type": "image", "text": None},
        {"type": "text", "text": ""},
        "b",
        {"type": "image", "path": "own.png"},
        {"type": "image_url", "image_url": {"url": "https://h/x.png"}},
    ]
    assert seen(message_turns([{"role": "user", "content": content}], [ONE])) == [
        (
            "user",
            ["a <image>", "[image 1.png]", "b", "[image own.png]", "[image https://h/x.png]"],
        )
    ]


def test_content_part_may_name_an_image_by_its_index() -> None:
    content = [{"type": "image", "index": 1}, {"type": "image"}]
    assert seen(message_turns([{"role": "user", "content": content}], [ONE, TWO])) == [
        ("user", ["[image 2.png]", "[image 1.png]"])
    ]


@pytest.mark.parametrize(
    ("messages", "what"),
    [
        ([{"role": "usr", "content": "x"}], r"messages\[0\]\.role is 'usr'; did you mean 'user'"),
        ([{"content": "x"}], r"role is None"),
        ([{"role": "user", "content": 7}], r"messages\[0\]\.content is int 7"),
        ([{"role": "user"}], r"content is NoneType"),
        (["x"], r"messages\[0\] is str"),
        ([{"role": "user", "content": [{"type": "audio"}]}], r"content\[0\]\.type is 'audio'"),
        ([{"role": "user", "content": [{"type": "text"}]}], r"content\[0\]\.text is NoneType"),
        ([{"role": "user", "content": [{"type": "image", "index": 5}]}], "index is 5"),
        ([{"role": "user", "content": [{"type": "image", "index": -1}]}], "index is -1"),
        ([{"role": "user", "content": [7]}], r"content\[0\] is int"),
        ([{"role": "system", "content": "x"}], "no user turn to put 1 medium in"),
    ],
)
def test_message_that_is_none_is_named_by_its_place(messages: list[Any], what: str) -> None:
    with pytest.raises(BadRowError, match=what):
        message_turns(messages, [ONE])


def test_no_messages_are_an_empty_prompt() -> None:
    with pytest.raises(BadRowError) as raised:
        message_turns([], [])
    assert raised.value.reason == "empty_prompt"


def test_prompt_may_not_end_with_an_answer() -> None:
    turns = message_turns([{"role": "user", "content": "u"}, {"role": "gpt", "content": "a"}], [])
    with pytest.raises(BadRowError, match="ends with a turn of the assistant"):
        ends_with_user(turns)


def test_no_turns_ask_nothing() -> None:
    with pytest.raises(BadRowError) as raised:
        ends_with_user([])
    assert raised.value.reason == "empty_prompt"


def test_turn_with_a_medium_is_not_read_as_text() -> None:
    [turn] = prompt_turns("a<image>b", [ONE])
    with pytest.raises(BadRowError, match="holds a medium"):
        text_of(turn)
