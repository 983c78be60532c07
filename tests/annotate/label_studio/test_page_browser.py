"""The labelling page in a real browser against a real server: fits, asks, sends, runs nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate.label_studio import names
from annotate.label_studio.config import page
from annotate.label_studio.keys import ROWS
from annotate.label_studio.safe_text import JOINER, storable
from annotate.label_studio.shape import shape_of
from annotate.label_studio.task import task_data
from schemas.candidate import Prompt
from tests.support import hostile
from tests.support.label_studio import Live
from tests.support.labeller import Labeller
from tests.support.pages import ASKED, RUBRICS, candidates, media_url, medium, prompt, turn
from tests.support.pictures import picture_bytes

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]
RUBRIC = RUBRICS["five-metric"]
SIZES = [(1366, 768), (1600, 1000), (2560, 1440)]
LONG = "**One** line of an answer that says a lot, and says it twice.\n\n" * 12
ANSWERS = ("Three.", "Four, I think.", LONG, "I cannot tell.", "Two, and one behind the door.")

Open = Callable[..., Labeller]


@pytest.fixture
def labeller(live: Live, chromium: Any) -> Iterator[Labeller]:
    """The admin at a small screen."""
    found = Labeller.signed_in(live, chromium)
    yield found
    found.close()


def project(live: Live, asked: Prompt, *answers: str, tasks: int = 1) -> int:
    """A project with one prompt, as often as asked for."""
    data = task_data(asked, candidates(asked, *answers), RUBRIC, media_url=media_url)
    return live.project(page(RUBRIC, shape_of(asked, len(answers)), ASKED), [data] * tasks)


def pictured(live: Live, *answers: str, tasks: int = 1, pictures: int = 1) -> int:
    """A project whose prompt has pictures that the server serves."""
    media = [medium(number) for number in range(pictures)]
    for number, it in enumerate(media):
        (live.server.media / str(it.file)).write_bytes(
            picture_bytes(size=(560, 420), colour=number * 40)
        )
    asked = prompt(turn("user", *range(pictures), "How many cups?"), media=media)
    return project(live, asked, *answers, tasks=tasks)


def values(live: Live, number: int) -> dict[str, Any]:
    """What the only annotation of a project says, by control."""
    (found,) = live.annotations(number)
    return {name: next(iter(it.values())) for name, it in found["values"].items()}


@pytest.mark.parametrize("size", SIZES, ids=lambda it: f"{it[0]}x{it[1]}")
@pytest.mark.parametrize("answers", [2, 4, 5])
def test_what_is_pressed_and_written_is_on_the_first_screen(
    live: Live, chromium: Any, size: tuple[int, int], answers: int
) -> None:
    found = Labeller.signed_in(live, chromium, size)
    found.open(pictured(live, *ANSWERS[:answers]))
    bar = found.page.get_by_test_id("bottombar-submit-button").bounding_box()["y"]
    for part in (".pw-places", ".pw-left .lsf-text-area:visible", ".pw-flags"):
        box = found.page.locator(part).last.bounding_box()
        assert box["y"] + box["height"] < bar, part
    assert found.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    tops = found.page.locator(".pw-card-a .pw-metric").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1
    picture = found.page.locator(".pw-media img").bounding_box()
    assert picture["width"] / picture["height"] == pytest.approx(560 / 420, rel=0.02)
    assert found.complaints == []
    found.close()


def test_the_left_stays_in_sight_while_answers_are_read(labeller: Labeller) -> None:
    labeller.open(pictured(labeller.live, LONG, LONG + "b", LONG + "c"))
    labeller.page.locator(".pw-card-c textarea").scroll_into_view_if_needed()
    assert labeller.page.locator(".pw-card-a").bounding_box()["y"] < -200
    flags = labeller.page.locator(".pw-flags").bounding_box()
    assert 0 < flags["y"] < 700


def test_several_pictures_stand_side_by_side_and_the_controls_stay(labeller: Labeller) -> None:
    labeller.open(pictured(labeller.live, *ANSWERS[:4], pictures=4))
    assert labeller.page.locator(".pw-media img").count() == 4
    flags = labeller.page.locator(".pw-flags").bounding_box()
    assert flags["y"] + flags["height"] < 718


def test_many_pictures_are_turned_over(labeller: Labeller) -> None:
    labeller.open(pictured(labeller.live, *ANSWERS[:2], pictures=6))
    assert "1 of 6" in labeller.page.locator(".pw-media").inner_text()


def test_an_untouched_page_cannot_be_submitted(labeller: Labeller) -> None:
    number = pictured(labeller.live, *ANSWERS[:2])
    labeller.open(number)
    assert "Give answer A a place" in str(labeller.submit())
    labeller.press("1w")
    assert "Score answer A: Helpfulness" in str(labeller.submit())
    assert labeller.live.annotations(number) == []


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
    assert "write a" in str(labeller.submit())
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


def test_the_scales_words_are_under_the_mouse(labeller: Labeller) -> None:
    labeller.open(pictured(labeller.live, *ANSWERS[:2]))
    metric = labeller.page.locator(".pw-card-a .pw-metric").nth(1)
    metric.locator("label").nth(2).hover()
    labeller.page.get_by_text("2: right and wrong in about equal parts").wait_for()
    title = metric.locator(".pw-word span").get_attribute("title")
    assert title == RUBRIC.metric[1].question


def test_a_video_plays(labeller: Labeller, tmp_path: Path) -> None:
    pytest.importorskip("av", reason="pip install av")
    video = medium(7, "video")
    shutil.copy(moving(tmp_path / "moving.mp4"), labeller.live.server.media / str(video.file))
    number = project(
        labeller.live, prompt(turn("user", 0, "What moves?"), media=[video]), *ANSWERS[:2]
    )
    labeller.open(number)
    labeller.page.wait_for_function("document.querySelector('video').readyState >= 2")
    labeller.page.evaluate("document.querySelector('video').play()")
    labeller.page.wait_for_function("document.querySelector('video').currentTime > 0.2")
    assert labeller.page.locator(".pw-flags").bounding_box()["y"] < 700


def moving(path: Path) -> Path:
    """A video of two seconds."""
    import av
    import numpy as np

    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for number in range(20):
            frame = np.full((120, 160, 3), 12 * number, np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")):
                file.mux(packet)
        for packet in stream.encode():
            file.mux(packet)
    return path


@pytest.mark.parametrize("number", range(0, len(hostile.texts()), 4))
def test_others_texts_are_shown_and_never_run(labeller: Labeller, number: int) -> None:
    texts = hostile.texts()[number : number + 4]
    texts += ["[click](http://127.0.0.1:9/l) ![i](http://127.0.0.1:9/i)", "[r][1]\n\n[1]: /gone"]
    asked = prompt("\n".join(texts), turn("assistant", texts[0]), "Who?", reference=texts[1])
    labeller.open(project(labeller.live, asked, *texts))
    labeller.page.wait_for_timeout(500)
    body = labeller.page.inner_text("body").replace(JOINER, "")
    assert all(flat(text) in flat(body) for text in texts[:4] if "&" not in text)
    assert labeller.page.title() != "owned"
    assert [
        url
        for url in labeller.requests
        if not url.startswith((labeller.live.url, "data:", "blob:"))
    ] == []
    assert labeller.page.locator(".pw iframe, .pw form[action], .pw script, .pw meta").count() == 0
    assert labeller.page.locator(".pw-text a, .pw-text img, .pw-turn a, .pw-turn img").count() == 0
    assert labeller.page.url.startswith(labeller.live.url)


def flat(text: str) -> str:
    """The text as it is stored, without its blanks."""
    return "".join(storable(text).split())


def test_somebody_who_signs_up_by_the_link_can_label(live: Live, chromium: Any) -> None:
    number = pictured(live, *ANSWERS[:2])
    found = Labeller.signed_up(live, chromium, "ann@example.com")
    found.open(number)
    found.press("1q")
    found.score_all(3)
    assert found.submit() is None
    assert values(live, number)[names.place("b")] == ["1"]
    found.close()
