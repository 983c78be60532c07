"""Every Python block of a card runs on the very files beside it, and writes what trainers read."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from export.base import ExportOptions
from export.card.folder import configs_of
from export.card.page import page
from export.card.snippets import MARKS
from export.registry import get_format
from schemas.candidate import Medium
from schemas.pair import PreferencePair
from tests.support.cards import blocks, facts, head, staged, texts_only
from tests.support.pairs import build, pair, picture, stored, turn, user

REPO = "ann/cups"
TRAINERS = ("LLaMA-Factory", "ms-swift", "OpenRLHF")


def blocky(folder: Path) -> list[PreferencePair]:
    media = [picture(folder / "media", shade) for shade in (1, 2)]
    asked = [turn("system", "Be short."), user("Look:", 0, "and", 1), turn("assistant", "Yes?")]
    return [pair([*asked, user("Same?")], media), pair(chosen="Four.")]


def pictured(folder: Path) -> list[PreferencePair]:
    return [pair(media=[picture(folder / "media", 1)]), pair(chosen="Four.")]


def words_only(_folder: Path) -> list[PreferencePair]:
    return texts_only()


def filmed(folder: Path) -> list[PreferencePair]:
    return [pair(media=[video(folder)]), *pictured(folder)]


def video(folder: Path) -> Medium:
    return stored(folder / "media", b"\0\0\0\x18ftypmp42", "mp4", kind="video")


def marked(folder: Path) -> list[PreferencePair]:
    """Texts that say what trainers put where a picture is shown, beside two that do not."""
    media = [picture(folder / "media", 1)]
    asked = [user(0, "Is <image> a tag?")]
    return [*pictured(folder), pair(asked, media), pair(media=media, chosen="An <image>.")]


SETS = {
    "blocks": blocky,
    "pictures": pictured,
    "texts": words_only,
    "videos": filmed,
    "marks": marked,
}
Made = Callable[[str, str], tuple[str, Path]]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A card of a set in a format, in a folder of its own that the blocks write into."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("datasets.config.SLEEP_TIME_ON_THREADS_SHUTDOWN", 0)

    def make(name: str, form: str) -> tuple[str, Path]:
        staging = staged(tmp_path, SETS[name](tmp_path), form=form)
        text = page(facts(repo=REPO), configs_of(staging))
        (staging / "README.md").write_text(text)
        return text, staging

    return make


def run(texts: Sequence[str], staging: Path) -> dict[str, Any]:
    """The blocks one after the other, with the set's place on the Hub as the folder."""
    names: dict[str, Any] = {}
    for text in texts:
        exec(compile(text.replace(REPO, str(staging)), "<card>", "exec"), names)
    return names


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("form", ["trl", "parquet"])
@pytest.mark.parametrize("name", list(SETS))
def test_datasets_reads_it_at_once_and_as_a_stream(made: Made, name: str, form: str) -> None:
    text, staging = made(name, form)
    found = run(blocks(text, "python")[:1], staging)
    rows = len(SETS[name](staging)) if form == "parquet" else 2
    assert found["rows"].num_rows == rows
    assert len(list(found["stream"])) == rows


@pytest.mark.parametrize("form", ["trl", "parquet"])
@pytest.mark.parametrize("name", list(SETS))
def test_trainers_that_read_json_lines_get_whole_rows(
    made: Made, tmp_path: Path, name: str, form: str
) -> None:
    text, staging = made(name, form)
    _, _, *rest = blocks(text, "python")
    assert len(rest) == 1 + len(TRAINERS)
    run(rest, staging)
    out = tmp_path / "pairs"
    for row in lines(out / "llama-factory.jsonl"):
        said = "".join(it["value"] for it in row["conversations"])
        assert said.count("<image>") == len(row.get("images", ()))
        assert {it["from"] for it in row["conversations"]} <= {"human", "gpt", "system"}
        assert row["chosen"]["from"] == row["rejected"]["from"] == "gpt"
        assert all((out / it).read_bytes()[:4] == b"\x89PNG" for it in row.get("images", ()))
    for row in lines(out / "ms-swift.jsonl"):
        said = "".join(it["content"] for it in row["messages"])
        assert said.count("<image>") == len(row.get("images", ()))
        assert row["messages"][-1]["role"] == "assistant"
        assert isinstance(row["rejected_response"], str)
        assert all(Path(it).is_file() for it in row.get("images", ()))
    plain = lines(out / "openrlhf.jsonl")
    assert len(plain) == (2 if name == "texts" else 1)
    for row in plain:
        assert set(row) == {"prompt", "chosen", "rejected"}
        assert "<image>" not in json.dumps(row)


def test_the_words_are_those_of_the_pair(made: Made, tmp_path: Path) -> None:
    text, staging = made("blocks", "trl")
    run(blocks(text, "python")[2:], staging)
    first = lines(tmp_path / "pairs" / "ms-swift.jsonl")[0]
    assert [(it["role"], it["content"]) for it in first["messages"]] == [
        ("system", "Be short."),
        ("user", "Look:<image>and<image>"),
        ("assistant", "Yes?"),
        ("user", "Same?"),
        ("assistant", "Three cups."),
    ]
    assert first["rejected_response"] == "Two cups."


@pytest.mark.parametrize("form", ["trl", "parquet"])
@pytest.mark.parametrize("name", list(SETS))
def test_ms_swift_gets_what_our_own_export_writes(
    made: Made, tmp_path: Path, name: str, form: str
) -> None:
    text, staging = made(name, form)
    run(blocks(text, "python")[2:], staging)
    source = build(tmp_path / "again", SETS[name](tmp_path / "again"))
    result = get_format("ms-swift").write(source, tmp_path / "ours", ExportOptions())
    ours = [it for file in result.files for it in whole(tmp_path / "ours" / file)]
    assert [kept(it) for it in lines(tmp_path / "pairs" / "ms-swift.jsonl")] == [
        kept(it) for it in ours if not it.get("videos")
    ]


def whole(path: Path) -> list[dict[str, Any]]:
    return lines(path) if path.suffix == ".jsonl" else []


def kept(row: dict[str, Any]) -> dict[str, Any]:
    """What both write, pictures by their names; a row without any may say so or not."""
    names = [Path(it).name for it in row.get("images", ())]
    return {key: row[key] for key in ("messages", "rejected_response")} | {"images": names}


def test_llama_factorys_entry_names_the_columns_that_are_there(made: Made, tmp_path: Path) -> None:
    text, staging = made("pictures", "trl")
    run(blocks(text, "python")[2:], staging)
    out = tmp_path / "pairs"
    entry = json.loads((out / "dataset_info.json").read_text())["pairs"]
    assert (entry["formatting"], entry["ranking"]) == ("sharegpt", True)
    (row, _) = lines(out / entry["file_name"])
    assert set(entry["columns"].values()) == set(row)


@pytest.mark.parametrize("form", ["trl", "parquet"])
@pytest.mark.parametrize("name", list(SETS))
def test_trl_gets_prompt_chosen_rejected_and_pictures(
    made: Made, monkeypatch: pytest.MonkeyPatch, name: str, form: str
) -> None:
    given: dict[str, Any] = {}

    class Trainer:
        def __init__(self, **values: Any) -> None:
            given.update(values)

        def train(self) -> None:
            given["trained"] = True

    stand_in = SimpleNamespace(DPOConfig=dict, DPOTrainer=Trainer)
    monkeypatch.setitem(sys.modules, "trl", stand_in)
    text, staging = made(name, form)
    run(blocks(text, "python")[1:2], staging)
    row = given["train_dataset"][0]
    assert given["trained"]
    assert {"prompt", "chosen", "rejected"} <= set(row)
    assert [it["role"] for it in row["chosen"]] == ["assistant"]
    assert name != "texts" or row["chosen"][0]["content"].startswith("Three")
    assert ("images" in row) == (name != "texts")


def test_a_set_of_videos_alone_says_that_trainers_blocks_leave_them_out(tmp_path: Path) -> None:
    rows = [pair(media=[video(tmp_path)]), pair(media=[video(tmp_path)], chosen="Four.")]
    text = page(facts(), configs_of(staged(tmp_path, rows, form="parquet")))
    assert len(blocks(text, "python")) == 1
    assert "curate export --format ms-swift" in text
    assert head(text)["task_categories"] == ["video-text-to-text"]


def test_texts_beside_videos_are_trained_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))
    rows = [pair(media=[video(tmp_path)]), pair(chosen="Four.")]
    staging = staged(tmp_path, rows, form="parquet")
    text = page(facts(repo=REPO), configs_of(staging))
    (staging / "README.md").write_text(text)
    run(blocks(text, "python")[2:], staging)
    for name in ("llama-factory", "ms-swift", "openrlhf"):
        (row,) = lines(tmp_path / "pairs" / f"{name}.jsonl")
        assert "Four." in json.dumps(row)


def test_texts_with_the_mark_of_any_trainer_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))
    assert {"<image>", "<video>", "<img>", "<|image_pad|>"} < set(MARKS)
    rows = [pair([user(f"Is {mark} a tag?")]) for mark in MARKS]
    staging = staged(tmp_path, [*rows, pair(chosen="Four.")], form="parquet")
    text = page(facts(repo=REPO), configs_of(staging))
    (staging / "README.md").write_text(text)
    run(blocks(text, "python")[2:], staging)
    for name in ("llama-factory", "ms-swift", "openrlhf"):
        (row,) = lines(tmp_path / "pairs" / f"{name}.jsonl")
        assert "Four." in json.dumps(row)


def test_without_a_place_on_the_hub_the_reader_fills_it_in(tmp_path: Path) -> None:
    text = page(facts(), configs_of(staged(tmp_path)))
    assert 'load_dataset("USER/NAME"' in text


def test_flags_of_the_command_lines_name_what_the_blocks_wrote(tmp_path: Path) -> None:
    text = page(facts(), configs_of(staged(tmp_path)))
    llama_factory, swift, openrlhf = blocks(text, "bash")
    assert "--dataset_dir pairs" in llama_factory
    assert "--dataset pairs/ms-swift.jsonl" in swift
    for key in ("prompt", "chosen", "rejected"):
        assert f"--data.{key}_key {key}" in openrlhf
