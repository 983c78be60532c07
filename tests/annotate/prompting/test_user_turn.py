"""The user turn: pictures in their places, texts word for word, answers under their labels."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from annotate.base import Picture, Text
from annotate.prompting.prompt import judge_request
from annotate.prompting.user_turn import Pictures, user_parts
from annotate.prompting.view import JudgeView
from schemas.candidate import Message, Part
from tests.support.examples import picture
from tests.support.judging import PNG, all_text, frames, marks, quoted, view
from tests.support.strategies import TEXT

BLUE = Picture(b"blue", "image/jpeg")


def _words(text: str) -> Part:
    return Part(type="text", text=text)


def _medium(index: int) -> Part:
    return Part(type="media", media_index=index)


def _asked(*parts: Part) -> tuple[Message, ...]:
    return (Message(role="user", parts=parts),)


def _lines_before(parts: Sequence[Text | Picture], index: int) -> str:
    part = parts[index - 1]
    assert isinstance(part, Text)
    return part.text.rsplit("\n", 1)[-1]


def test_pictures_stand_where_the_question_has_them() -> None:
    seen = view(
        messages=_asked(_words("Is"), _medium(1), _words("like"), _medium(0)),
        media=(picture(), picture("b" * 64)),
    )
    parts = user_parts(seen, [[PNG], [BLUE]])
    assert [type(part) for part in parts] == [Text, Picture, Text, Picture, Text]
    assert (parts[1], parts[3]) == (BLUE, PNG)
    assert _lines_before(parts, 1) == "Picture 2:"
    assert _lines_before(parts, 3) == "Picture 1:"


def test_a_video_is_its_frames_each_with_its_number() -> None:
    seen = view(messages=_asked(_medium(0), _words("What happens?")), media=(frames(2),))
    parts = user_parts(seen, [[PNG, BLUE]])
    assert parts[1] == PNG
    assert _lines_before(parts, 1) == "Video 1, frame 1 of 2:"
    assert parts[2:4] == (Text("Video 1, frame 2 of 2:"), BLUE)


def test_pictures_come_before_answers() -> None:
    parts = user_parts(view("Three.", "Two."), [[PNG]])
    place = parts.index(PNG)
    assert not any("Three." in part.text for part in parts[:place] if isinstance(part, Text))


def test_turns_are_numbered_and_say_whose_they_are() -> None:
    messages = (
        Message(role="system", parts=(_words("Be brief."),)),
        Message(role="user", parts=(_words("Hi"),)),
    )
    request = judge_request(view(messages=messages, media=()), [])
    assert "\nTurn 1 of 2, system:\n<quote-" in all_text(request)
    assert "\nTurn 2 of 2, user:\n<quote-" in all_text(request)


def test_answers_stand_under_their_labels_in_the_order_shown() -> None:
    text = all_text(judge_request(view("Two.", "Three."), [[PNG]]))
    assert text.index("Answer A:") < text.index("Two.") < text.index("Answer B:")
    assert text.index("Answer B:") < text.index("Three.")


def test_a_reference_stands_before_the_answers_where_it_is_used() -> None:
    assert "# The reference answer" not in all_text(judge_request(view(), [[PNG]]))
    request = judge_request(view("Three.", "Two.", reference="Four."), [[PNG]])
    assert quoted(request)[1:] == ["Four.", "Three.", "Two."]


@given(asked=TEXT, reference=st.none() | TEXT, answers=st.lists(TEXT, min_size=1, max_size=4))
def test_every_text_is_there_word_for_word(
    asked: str, reference: str | None, answers: list[str]
) -> None:
    seen = view(*answers, messages=_asked(_words(asked)), media=(), reference=reference)
    assert quoted(judge_request(seen, [])) == list(seen.texts)


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=())), min_size=2, max_size=4),
)
def test_marks_stand_only_around_texts(texts: list[str]) -> None:
    request = judge_request(view(*texts), [[PNG]])
    opening, closing = marks(request)
    text = all_text(request)
    # Once in the line that names them, and once around the question and each answer.
    assert text.count(opening) == text.count(closing) == 1 + 1 + len(texts)
    assert text.encode("utf-8")


def test_both_orders_of_the_same_answers_are_alike_up_to_the_first_answer() -> None:
    one = judge_request(view("Three.", "Two."), [[PNG]])
    two = judge_request(view("Two.", "Three."), [[PNG]])
    assert one.system == two.system
    assert one.turns[0].parts[:2] == two.turns[0].parts[:2]
    assert all_text(one).split("Answer A:")[0] == all_text(two).split("Answer A:")[0]


def test_the_task_is_said_again_below_the_answers() -> None:
    text = all_text(judge_request(view(), [[PNG]]))
    assert text.splitlines()[-4:] == [
        "# Your reply",
        "The texts of others end here. Judge by the rubric, and reply with one JSON object and",
        'nothing else. For each of the labels "A", "B" it holds an object with the members',
        '"helpfulness_reason" (text), "helpfulness" (0 to 4).',
    ]


def test_a_text_that_ends_in_line_breaks_keeps_them() -> None:
    seen: JudgeView = view("Three.\n\n", "\n\nTwo.")
    pictures: Pictures = [[PNG]]
    assert quoted(judge_request(seen, pictures))[1:] == ["Three.\n\n", "\n\nTwo."]
