"""The data sets of the field, pulled whole; skipped where they are not beside the repository."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from curate.workspace import Workspace
from tests.support.pulling import events_of, pulled, rows_of, workspace_at

pytestmark = pytest.mark.realdata
LLAVA = "llava-bench-in-the-wild"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_at(tmp_path / "w")


def test_sixty_llava_bench_questions_stay_sixty_prompts(
    workspace: Workspace, shared_data: Path
) -> None:
    report = pulled(workspace, shared_data / LLAVA, missing_media="keep")
    assert (report.format, report.prompts, report.candidates) == ("llava-bench", 60, 295)
    assert (report.media, report.dropped) == (0, {})
    events = events_of(workspace)
    assert len(events) == 120
    assert {event.rubric_id for event in events} == {"overall:1:10"}
    assert Counter(len(event.answers) for event in events) == {2: 117, 1: 3}


def test_llava_bench_without_its_pictures_leaves_with_a_reason_each(
    workspace: Workspace, shared_data: Path
) -> None:
    report = pulled(workspace, shared_data / LLAVA)
    assert (report.prompts, report.dropped) == (0, {"missing_media": 60 + 295})


def test_llava_bench_with_pictures_has_one_medium_a_picture(
    workspace: Workspace, shared_data: Path, tmp_path: Path
) -> None:
    photos = sorted((shared_data / "photos").glob("*.jpg"))
    copy = shutil.copytree(shared_data / LLAVA, tmp_path / LLAVA)
    lines = (copy / "questions.jsonl").read_text("utf-8").splitlines()
    names = sorted({json.loads(line)["image"] for line in lines})
    root = tmp_path / "pictures"
    root.mkdir()
    for number, name in enumerate(names):
        with Image.open(photos[number % len(photos)]) as photo:
            photo.save(root / name, "JPEG", comment=name.encode())
    report = pulled(workspace, copy, media_root=root, missing_media="fail")
    assert (report.prompts, report.candidates, report.media) == (60, 295, len(names))
    assert len(events_of(workspace)) == 120


def test_mm_rlhf_bench_is_forty_six_prompts_with_an_order_each(
    tmp_path: Path, shared_data: Path
) -> None:
    workspace = workspace_at(tmp_path / "w", "mm-rlhf")
    report = pulled(workspace, shared_data / "mm-reward-bench", missing_media="keep")
    assert (report.format, report.prompts, report.rankings) == ("mm-rlhf", 46, 46)
    assert report.dropped == {}
    ordered = 0
    for event in events_of(workspace):
        sizes = [len(tier) for tier in event.tiers or ()]
        ordered += sum(
            sizes[i] * sizes[j] for i in range(len(sizes)) for j in range(i + 1, len(sizes))
        )
    assert ordered == 170
    flagged = [row for row in rows_of(workspace, "candidates") if "refusal" in row["attributes"]]
    assert len(flagged) >= 10
