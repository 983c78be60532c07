"""The labelling page in a real browser: all that is pressed is in sight, on every screen."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.label_projects import ANSWERS, LONG, RUBRIC, pictured, project
from tests.support.label_studio import Live
from tests.support.labeller import Labeller
from tests.support.pages import medium, prompt, turn

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]
SIZES = [(1366, 768), (1600, 1000), (2560, 1440)]


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


def test_four_short_answers_scores_are_on_a_small_screen(labeller: Labeller) -> None:
    labeller.open(pictured(labeller.live, "Three.", "Four.", "Two.", "I cannot tell."))
    bar = labeller.page.get_by_test_id("bottombar-submit-button").bounding_box()["y"]
    last = labeller.page.locator(".pw-card-d .pw-metric").last.bounding_box()
    assert last["y"] + last["height"] < bar


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
