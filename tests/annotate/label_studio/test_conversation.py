"""The conversation as HTML in which others' text is nothing but text."""

from html.parser import HTMLParser

import pytest

from annotate.label_studio.conversation import conversation
from tests.support import hostile
from tests.support.pages import medium, prompt, turn


class Read(HTMLParser):
    """The tags and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_single_question_stands_alone() -> None:
    asked = prompt(turn("user", 0, "Which?"), media=[medium(1)])
    assert Read(conversation(asked)).text == "Which?"


def test_several_turns_have_their_roles() -> None:
    asked = prompt(turn("system", "Be brief."), "Hi.", turn("assistant", "Yes?"), "Who?")
    assert Read(conversation(asked)).text == "SystemBe brief.UserHi.AssistantYes?UserWho?"


def test_several_media_are_marked_where_they_stand() -> None:
    media = [medium(1), medium(2, "video"), medium(3)]
    asked = prompt(turn("user", "Is ", 2, " in ", 1, "?"), media=media)
    assert Read(conversation(asked)).text == "Is [picture 2]  in [video 1] ?"


def test_a_missing_picture_is_said_to_be_missing() -> None:
    missing = medium(1).model_copy(update={"file": None, "sha256": None, "path": "gone.png"})
    asked = prompt(turn("user", 0, "Which?"), media=[missing])
    assert Read(conversation(asked)).text == "[picture 1, which is missing] Which?"


@pytest.mark.parametrize("text", [*hostile.texts(), "a\n\n</div>\n\n# b\n\n```\nopen"])
def test_others_texts_add_no_tag_and_end_no_block(text: str) -> None:
    html = conversation(prompt(text, turn("assistant", text), text))
    assert Read(html).tags <= {"div", "b", "br"}
    assert "\n" not in html
