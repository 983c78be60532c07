"""The labelling page in a real browser against a real server: what it asks for and sends."""

from typing import Any

import pytest

from annotate.label_studio import names
from annotate.label_studio.keys import ROWS
from tests.support.label_projects import ANSWERS, pictured, values
from tests.support.label_studio import Live
from tests.support.labeller import Labeller

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]


def test_an_untouched_page_cannot_be_submitted(labeller: Labeller) -> None:
    number = pictured(labeller.live, *ANSWERS[:2])
    labeller.open(number)
    assert labeller.missing() == "missing \N{MIDDLE DOT} place of A B \N{MIDDLE DOT} scores of A B"
    assert labeller.marked() == 12
    labeller.press("1")
    labeller.page.locator(".pw-card-a .pw-metric").last.locator("label").first.click()
    assert labeller.missing() == "missing \N{MIDDLE DOT} place of B \N{MIDDLE DOT} scores of A B"
    assert labeller.marked() == 10
    labeller.press("6")  # the verdict that was chosen beforehand, taken back
    assert labeller.missing() == "missing \N{MIDDLE DOT} verdict \N{MIDDLE DOT} scores of A B"
    labeller.press("n")
    assert (labeller.missing(), labeller.marked()) == (None, 0)
    assert labeller.live.annotations(number) == []


def test_all_that_was_pressed_is_there_again_after_submit_was_held_back(labeller: Labeller) -> None:
    labeller.open(pictured(labeller.live, *ANSWERS[:4]))
    labeller.press("1qa")
    labeller.score_all(2)
    box = labeller.page.get_by_test_id("bottombar-submit-button").bounding_box()
    labeller.page.mouse.click(box["x"] + 20, box["y"] + 20)
    assert labeller.page.locator(".ant-modal-confirm").count() == 0
    assert labeller.missing() == "missing \N{MIDDLE DOT} place of D"
    with labeller.page.expect_response(
        lambda it: "/drafts" in it.url and "place_d" in str(it.request.post_data)
    ):
        labeller.press("z")
    labeller.reload()
    assert labeller.page.locator(".pw .ant-checkbox-wrapper-checked").count() == 1 + 4 + 20
    assert labeller.submit() is None


def test_a_refused_key_says_that_no_draft_is_saved_any_more(labeller: Labeller) -> None:
    labeller.open(pictured(labeller.live, *ANSWERS[:2]))
    labeller.page.keyboard.press("Control+Enter")
    refused = labeller.page.locator(".ant-modal-confirm-content")
    assert refused.inner_text() == "Give answer A a place"
    said = refused.evaluate("it => getComputedStyle(it, '::after').content")
    assert said.startswith('"Complete and submit this task before you reload')


def test_what_is_pressed_and_typed_is_what_is_sent(labeller: Labeller) -> None:
    number = pictured(labeller.live, *ANSWERS[:4])
    labeller.open(number)
    labeller.press("2qdx")
    labeller.score_all(0)
    labeller.page.locator(".pw-card-b .pw-metric").nth(1).locator("label").nth(4).click()
    labeller.write("Why? What decided about B", "It counts <right>.")
    labeller.write("Why? What decided between the answers", "B is exact.")
    labeller.press("j")  # goes into the box: a key in a text presses nothing
    labeller.page.locator(".pw-flags label").nth(2).click()
    assert labeller.submit() is None
    sent = values(labeller.live, number)
    places = [sent[names.place(letter)] for letter in "abcd"]
    assert places == [["2"], ["1"], ["3"], ["2"]]
    assert sent[names.VERDICT] == [names.RANKED]
    assert sent[names.score("a", "helpfulness")] == ["0"]
    assert sent[names.score("b", "correctness")] == ["4"]
    assert sent[names.reason("b")] == ["It counts <right>."]
    assert sent[names.RATIONALE] == ["B is exact.j"]
    assert sent[names.FLAGS] == [names.UNSAFE]
    assert len(sent) == 1 + 4 + 20 + 1 + 1 + 1


@pytest.mark.parametrize(
    ("key", "control", "placeholder"),
    [("9", names.BETTER, "Write a correct answer"), ("8", names.FLAWED, "Copy an answer and put")],
)
def test_all_bad_and_all_good_ask_for_an_answer(
    labeller: Labeller, key: str, control: str, placeholder: str
) -> None:
    number = pictured(labeller.live, *ANSWERS[:2])
    labeller.open(number)
    labeller.press(key)
    labeller.score_all(2)
    assert labeller.missing() == "missing \N{MIDDLE DOT} a written answer"
    assert labeller.marked() == 1
    labeller.write(placeholder, "There are three.")
    assert labeller.submit() is None
    sent = values(labeller.live, number)
    assert sent[control] == ["There are three."]
    assert not {names.place("a"), names.BETTER, names.FLAWED} - {control} & sent.keys()


def test_every_places_key_presses_that_place(labeller: Labeller) -> None:
    labeller.open(pictured(labeller.live, *ANSWERS))
    for number, keys in enumerate(ROWS):
        for place, key in enumerate(keys, start=1):
            labeller.page.keyboard.press(key)
            chosen = labeller.page.locator(".pw-row").nth(number)
            chosen.locator(".ant-checkbox-wrapper-checked", has_text=str(place)).wait_for()
    assert labeller.page.locator(".pw-row .ant-checkbox-wrapper-checked").count() == 5


def test_a_tie_needs_no_places(labeller: Labeller) -> None:
    number = pictured(labeller.live, *ANSWERS[:2])
    labeller.open(number)
    labeller.press("7")
    labeller.score_all(1)
    assert labeller.submit() is None
    assert values(labeller.live, number)[names.VERDICT] == [names.TIE]


@pytest.mark.parametrize("key", ["n", "m"])
def test_what_cannot_be_rated_is_flagged_and_nothing_more_is_asked(
    labeller: Labeller, key: str
) -> None:
    number = pictured(labeller.live, *ANSWERS[:2])
    labeller.open(number)
    labeller.press(key)
    assert labeller.page.locator(".pw-metric:visible").count() == 0
    assert labeller.submit() is None
    assert values(labeller.live, number)[names.FLAGS][0] in names.CANNOT_RATE


def test_somebody_who_signs_up_by_the_link_can_label(live: Live, chromium: Any) -> None:
    number = pictured(live, *ANSWERS[:2])
    found = Labeller.signed_up(live, chromium, "ann@example.com")
    found.open(number)
    found.press("1q")
    found.score_all(3)
    assert found.submit() is None
    assert values(live, number)[names.place("b")] == ["1"]
    found.close()
