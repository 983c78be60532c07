"""Pictures and videos as the managed server gives them: parts of a file too, to whom is let in."""

import shutil
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.support.label_projects import ANSWERS, project
from tests.support.label_studio import Live
from tests.support.labeller import Labeller
from tests.support.pages import medium, prompt, turn

pytestmark = pytest.mark.label_studio
CONTENT = bytes(range(256)) * 4096
SECONDS, FRAMES_A_SECOND = 20, 10


@pytest.fixture
def served(live: Live) -> str:
    """The address of a file of one megabyte."""
    (live.server.media / "ranges.mp4").write_bytes(CONTENT)
    return f"{live.url}/data/local-files/?d={live.server.media.name}/ranges.mp4"


def ask(live: Live, url: str, **headers: str) -> Any:
    given = {"Authorization": f"Token {live.key}", **headers}
    return urllib.request.urlopen(urllib.request.Request(url, headers=given), timeout=10)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("0-99", 0, 99),
        ("500000-500009", 500_000, 500_009),
        ("1048570-", 1_048_570, 1_048_575),
        ("-6", 1_048_570, 1_048_575),
    ],
)
def test_a_part_of_a_file_is_given(
    live: Live, served: str, asked: str, first: int, last: int
) -> None:
    _storage(live)
    with ask(live, served, Range=f"bytes={asked}") as reply:
        assert reply.status == 206
        assert reply.headers["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
        assert reply.read() == CONTENT[first : last + 1]


def test_a_stranger_gets_nothing(live: Live, served: str) -> None:
    _storage(live)
    with pytest.raises(urllib.error.HTTPError, match="401"):
        ask(live, served, Authorization="")


@pytest.mark.browser
def test_a_video_is_wound_to_its_end_and_back(
    live: Live, labeller: Labeller, tmp_path: Path
) -> None:
    pytest.importorskip("av", reason="pip install av")
    video = medium(17, "video")
    shutil.copy(_noisy(tmp_path / "noisy.mp4"), live.server.media / str(video.file))
    asked = prompt(turn("user", 0, "What moves?"), media=[video])
    statuses: set[int] = set()
    labeller.page.on(
        "response", lambda it: statuses.add(it.status) if str(video.file) in it.url else None
    )
    labeller.open(project(live, asked, *ANSWERS[:2]))
    labeller.page.wait_for_function("document.querySelector('video').readyState >= 2")
    for second in (SECONDS - 2, 3, SECONDS - 6):
        labeller.page.evaluate(f"document.querySelector('video').currentTime = {second}")
        labeller.page.wait_for_function(
            """second => {
              const it = document.querySelector('video')
              return !it.seeking && it.readyState >= 2 && Math.abs(it.currentTime - second) < 0.2
            }""",
            arg=second,
        )
    assert statuses == {206}


def _storage(live: Live) -> None:
    """Let the server serve its media: a project has to say so."""
    live.project('<View><Text name="t" value="$t"/></View>', [{"t": "?"}])


def _noisy(path: Path) -> Path:
    """A video of several megabytes, more than a browser reads ahead."""
    import av
    import numpy as np

    chance = np.random.default_rng(7)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=FRAMES_A_SECOND)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(SECONDS * FRAMES_A_SECOND):
            noise = chance.integers(0, 256, (240, 320, 3), np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(noise, format="rgb24")):
                file.mux(packet)
        for packet in stream.encode():
            file.mux(packet)
    return path
