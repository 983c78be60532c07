"""LLaVA-Bench in the wild, from files to what TRL loads: 60 questions on 24 pictures."""

import io
import json
from pathlib import Path

import pytest
from datasets import load_dataset
from PIL import Image

from curate.build import build
from curate.exporting import export
from curate.init import create
from curate.pull.stage import pull
from curate.workspace import Workspace
from tests.support.workspaces import NOW, rows

pytestmark = pytest.mark.realdata
BENCH = "llava-bench-in-the-wild"


@pytest.fixture
def photos(shared_data: Path, tmp_path: Path) -> Path:
    """Parts of three photographs standing for 24 pictures: a version of one would be that one."""
    folder = tmp_path / "photos"
    folder.mkdir()
    originals = sorted((shared_data / "photos").glob("*.jpg"))
    questions = (shared_data / BENCH / "questions.jsonl").read_text("utf-8").splitlines()
    names = sorted({json.loads(line)["image"] for line in questions})
    for number, name in enumerate(names):
        with Image.open(originals[number % len(originals)]) as picture:
            width, height = picture.width // 4, picture.height // 2
            down, across = divmod(number // len(originals), 4)
            place = (across * width, down * height, (across + 1) * width, (down + 1) * height)
            picture.convert("RGB").crop(place).save(folder / name, quality=90)
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "workspace")


def test_every_question_answer_and_review_comes_in_without_its_pictures(
    workspace: Workspace, shared_data: Path
) -> None:
    report = pull(workspace, str(shared_data / BENCH), now=NOW, missing_media="keep")
    assert (report.prompts, report.candidates, report.counts["events"]) == (60, 295, 120)
    assert not report.dropped
    reviews = workspace.frame("events")
    assert set(reviews["answers"].map(len)) <= {1, 2}
    assert {rater["kind"] for rater in reviews["rater"]} == {"judge"}
    assert set(reviews["rubric_id"]) == {"overall:1:10"}


def test_a_limit_counts_questions_and_brings_their_reviews(
    workspace: Workspace, shared_data: Path
) -> None:
    report = pull(workspace, str(shared_data / BENCH), now=NOW, missing_media="keep", limit=2)
    assert (report.prompts, report.counts["events"]) == (2, 4)


def test_pictures_that_are_not_there_drop_their_questions_by_default(
    workspace: Workspace, shared_data: Path
) -> None:
    report = pull(workspace, str(shared_data / BENCH), now=NOW)
    assert report.prompts == 0
    assert set(report.dropped) == {"missing_media"}


def test_fifty_two_questions_have_a_review_with_a_difference_of_two_or_more(
    workspace: Workspace, shared_data: Path
) -> None:
    pull(workspace, str(shared_data / BENCH), now=NOW, missing_media="keep")
    report = build(workspace, now=NOW)
    pairs = rows(report, "pairs")
    assert len(pairs) == len({pair["prompt_id"] for pair in pairs}) == 52
    assert min(pair["margin_raw"] for pair in pairs) >= 2
    assert {pair["level"] for pair in pairs} == {"judge"}


def test_with_pictures_the_pairs_load_as_trl_wants_them(
    workspace: Workspace, shared_data: Path, photos: Path, tmp_path: Path
) -> None:
    report = pull(workspace, str(shared_data / BENCH), now=NOW, media_root=photos)
    assert (report.prompts, report.media) == (60, 24)
    built = build(workspace, now=NOW)
    result = export(workspace, ["trl"], tmp_path / "out")["trl"]
    assert result.rows == built.manifest.counts["pairs"] == 52
    files = {split: str(result.path / f"{split}-*.parquet") for split in built.manifest.splits}
    loaded = load_dataset("parquet", data_files=files, cache_dir=str(tmp_path / "cache"))
    row = loaded["train"][0]
    assert isinstance(row["images"][0], Image.Image)
    assert [turn["role"] for turn in row["prompt"]] == ["user"]
    assert row["chosen"][0]["content"] != row["rejected"][0]["content"]
    tested = {picture_bytes(image) for row in loaded["test"] for image in row["images"]}
    trained = {picture_bytes(image) for row in loaded["train"] for image in row["images"]}
    assert tested
    assert not tested & trained


def picture_bytes(image: Image.Image) -> bytes:
    """The pixels, to tell pictures apart."""
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
