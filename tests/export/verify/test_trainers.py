"""What TRL, LLaMA-Factory, ms-swift and OpenRLHF themselves say of our files, sound and broken."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curate.exporting import NATIVE
from export.registry import FORMATS, get_format
from export.verify.asking import verdict_of
from export.verify.registry import READERS_OF, UNRELEASED
from tests.support.cli import curate
from tests.support.verifying import HOSTILE, edited, exported, exported_answers, installed

pytestmark = [
    pytest.mark.verify,
    installed,
    pytest.mark.usefixtures("_own_caches"),
    # Raised by the trainers' libraries among themselves.
    pytest.mark.filterwarnings("ignore"),
]

SINGLE = ("sft", "best-of-n", "rejection-sampling", "steerlm")
OF_PAIRS = [name for name in FORMATS if get_format(name).reads == ("pairs",)]
ASKED = [
    (name, reader)
    for name in OF_PAIRS
    for reader in READERS_OF[name]
    if reader != "datasets" and reader not in UNRELEASED
]
TRAINER = {name: reader for name, reader in ASKED if reader != "datasets"}


@pytest.mark.parametrize(("name", "reader"), ASKED)
def test_every_kind_of_pair_is_taken(tmp_path: Path, name: str, reader: str) -> None:
    folder = exported(name, tmp_path)
    verdict = verdict_of(reader, folder)
    assert verdict.verified is True, verdict.detail
    assert verdict.by.startswith(f"{reader} ")
    assert verdict.rows == sum(json.loads((folder / "export.json").read_bytes())["splits"].values())


@pytest.mark.parametrize("name", SINGLE)
def test_every_kind_of_answer_is_taken(tmp_path: Path, name: str) -> None:
    """Hostile texts among them, as TRL's supervised trainer gets them."""
    folder = exported_answers(name, tmp_path)
    verdict = verdict_of("trl", folder)
    assert verdict.verified is True, verdict.detail
    splits = json.loads((folder / "export.json").read_bytes())["splits"]
    assert verdict.rows == sum(splits.values()) > len(HOSTILE)


@pytest.mark.parametrize("name", [*FORMATS, NATIVE])
def test_every_format_of_the_demo_is_taken(demo_built: Path, tmp_path: Path, name: str) -> None:
    options = ("--reward-margin", "--verify", "--json")
    ran = curate("export", "--format", name, "--out", tmp_path, "-C", demo_built, *options)
    found = ran.json["formats"][name]
    assert found["rows"] > 0
    readers = READERS_OF.get(name, ())
    asked = [reader for reader in readers if reader not in UNRELEASED]
    rows = [verdict["rows"] for verdict in found["verdicts"] if verdict["verified"]]
    assert rows == [found["rows"]] * len(asked), ran.err
    assert found["verified"] is (True if asked and len(asked) == len(readers) else None)
    assert ran.code == 0


def token(row: dict[str, Any]) -> None:
    turn = (row.get("messages") or row["conversations"])[0]
    for key in turn.keys() & {"content", "value"}:
        turn[key] = turn[key].replace("<image>", "", 1)


def picture(row: dict[str, Any]) -> None:
    row["images"] = row["images"][1:]


def margin(row: dict[str, Any]) -> None:
    row["margin"] = "a lot"


def same(row: dict[str, Any]) -> None:
    if "rejected_response" in row:
        row["rejected_response"] = row["messages"][-1]["content"]
    else:
        row["rejected"] = row["chosen"]


def unanswered(row: dict[str, Any]) -> None:
    row["conversations"].append({"from": "gpt", "value": "One turn too many."})


BROKEN: list[tuple[str, Callable[[dict[str, Any]], None], str]] = [
    ("trl", picture, "Number of images provided (1) does not match number of image placeholders"),
    ("trl", same, "chosen and rejected are the same"),
    ("trl-reward", margin, "ValueError: too many dimensions 'str'"),
    ("trl-reward", same, "chosen and rejected are the same"),
    ("llama-factory", token, "number of images does not match the number of <image> tokens"),
    ("llama-factory", picture, "number of images does not match the number of <image> tokens"),
    ("llama-factory", same, "chosen and rejected are the same"),
    ("llama-factory", unanswered, "the converter skips the row as abnormal"),
    ("ms-swift", token, "1 marks <image> for 2 images"),
    ("ms-swift", picture, "2 marks <image> for 1 images"),
    ("ms-swift", margin, "could not convert string to float"),
    ("ms-swift", same, "ValueError: rejected_response: Three cups."),
    ("openrlhf", margin, "could not convert string to float"),
    ("openrlhf", same, "chosen and rejected are the same"),
]


@pytest.mark.parametrize(("name", "change", "said"), BROKEN)
def test_a_broken_row_is_refused_in_one_line(
    tmp_path: Path, name: str, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    folder = exported(name, tmp_path)
    where = edited(folder, change)
    verdict = verdict_of(TRAINER[name], folder)
    assert verdict.verified is False
    assert said in verdict.detail
    assert "\n" not in verdict.detail
    assert where in verdict.detail


@pytest.mark.parametrize("name", ["llama-factory", "ms-swift"])
def test_a_picture_that_is_lost_is_refused(tmp_path: Path, name: str) -> None:
    folder = exported(name, tmp_path)
    where = edited(folder, lambda row: (folder / row["images"][0]).unlink())
    verdict = verdict_of(TRAINER[name], folder)
    assert verdict.verified is False
    assert where in verdict.detail
    assert "No such file or directory: 'images/" in verdict.detail


def test_an_entry_that_names_no_pictures_is_refused(tmp_path: Path) -> None:
    folder = exported("llama-factory", tmp_path)
    info = json.loads((folder / "dataset_info.json").read_bytes())
    del info["pairwright_train"]["columns"]["images"]
    (folder / "dataset_info.json").write_text(json.dumps(info), "utf-8")
    detail = verdict_of("llamafactory", folder).detail
    assert "number of images does not match the number of <image> tokens" in detail
