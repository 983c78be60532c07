"""Formats of trainers that read texts only: what shows any medium is refused."""

from pathlib import Path

import pytest

from tests.support.pairs import build, frames, pair, picture, stored, written


@pytest.mark.parametrize("name", ["nemo-rl", "openrlhf", "trl-reward"])
def test_prompts_that_show_anything_are_refused(tmp_path: Path, name: str) -> None:
    store = tmp_path / "media"
    video = stored(store, b"a container", "mp4", kind="video")
    media = [picture(store, 1), frames(store, [2, 3]), video]
    rows = [*(pair(media=[one]) for one in media), pair()]
    result, kept = written(name, build(tmp_path, rows), tmp_path / "out")
    assert (len(kept), result.refused) == (1, {"media_not_supported": 3})
