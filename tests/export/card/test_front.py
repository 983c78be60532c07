"""The head of a card as the Hub and `datasets` read it."""

from pathlib import Path
from typing import Any

import pytest
from datasets import Features, get_dataset_config_names, load_dataset
from huggingface_hub import DatasetCard

from export.card.facts import Judge, Raters, Source
from export.card.folder import configs_of
from export.card.front import _size, yaml_features
from export.card.page import page
from export.card.writing import write
from schemas.pair import PreferencePair
from tests.support import hostile
from tests.support.cards import SOURCE, card, facts, head, staged, texts_only
from tests.support.pairs import pair, picture

JUDGE = Judge("judge", "gemini", "gemini-1", 3, 2)


def parsed(text: str) -> Any:
    """The head as `huggingface_hub` reads it."""
    return DatasetCard(text).data


def loaded(staging: Path, cache: Path, config: str = "default") -> Any:
    return load_dataset(str(staging), config, cache_dir=str(cache))


def test_the_hubs_own_parser_reads_it(tmp_path: Path) -> None:
    text = card(tmp_path, raters=Raters(people=2, judges=(JUDGE,)))
    read = parsed(text)
    assert read.license == "apache-2.0"
    assert read.pretty_name == "Cups"
    assert read.size_categories == ["n<1K"]
    assert read.task_categories == ["image-text-to-text", "visual-question-answering"]
    assert read.annotations_creators == ["crowdsourced", "machine-generated"]
    assert {"preference", "dpo", "rlhf", "human-feedback", "image", "trl", "pairwright"} == set(
        read.tags
    )
    assert DatasetCard(text).text.lstrip().startswith("# Cups")


def test_the_folder_loads_by_the_configs_that_it_names(tmp_path: Path) -> None:
    staging = staged(tmp_path)
    staged(tmp_path, texts_only(), config="votes")
    write(facts(), staging)
    assert get_dataset_config_names(str(staging)) == ["default", "votes"]
    found = loaded(staging, tmp_path / "cache")
    assert {name: len(rows) for name, rows in found.items()} == {"train": 1, "test": 1}
    assert found["train"][0]["images"][0].size == (16, 16)
    assert loaded(staging, tmp_path / "cache", "votes").num_rows == {"train": 2}


def test_an_empty_split_is_not_named(tmp_path: Path) -> None:
    staging = staged(tmp_path, [pair()])
    write(facts(), staging)
    (config,) = head((staging / "README.md").read_text())["configs"]
    assert [it["split"] for it in config["data_files"]] == ["train"]
    assert loaded(staging, tmp_path / "cache").num_rows == {"train": 1}


@pytest.mark.parametrize("form", ["trl", "parquet"])
def test_features_are_spelled_as_datasets_spells_them(tmp_path: Path, form: str) -> None:
    medium = picture(tmp_path / "media", 1)
    (config,) = configs_of(staged(tmp_path, [pair(media=[medium])], form=form))
    spelled = yaml_features(config.features)
    assert spelled == Features.from_dict(dict(config.features))._to_yaml_list()
    assert Features._from_yaml_list(spelled) == Features.from_dict(dict(config.features))


def test_sizes_are_those_of_the_files(tmp_path: Path) -> None:
    staging = staged(tmp_path)
    text = page(facts(), configs_of(staging))
    (info,) = head(text)["dataset_info"]
    sizes = [path.stat().st_size for path in (staging / "data").glob("*.parquet")]
    assert info["download_size"] == sum(sizes)
    assert info["dataset_size"] == sum(split["num_bytes"] for split in info["splits"])
    assert [split["num_examples"] for split in info["splits"]] == [1, 1]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (0, "n<1K"),
        (999, "n<1K"),
        (1000, "1K<n<10K"),
        (99_999, "10K<n<100K"),
        (10**6, "1M<n<10M"),
        (10**9, "1B<n<10B"),
        (10**13, "n>1T"),
    ],
)
def test_the_size_category_is_of_the_rows(rows: int, name: str) -> None:
    assert _size(rows) == name


def test_without_pictures_no_picture_is_claimed(tmp_path: Path) -> None:
    found = head(card(tmp_path, texts_only()))
    assert found["task_categories"] == ["text-generation"]
    assert "image" not in found["tags"]


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    found = head(card(tmp_path, sources=[Source("survey", None, None, 1, 1, 1)]))
    absent = {"license", "language", "annotations_creators", "source_datasets"}
    assert not absent & set(found)
    assert "human-feedback" not in found["tags"]


def test_languages_are_those_that_somebody_named(tmp_path: Path) -> None:
    assert head(card(tmp_path, languages=("en", "de")))["language"] == ["en", "de"]


def test_sources_of_the_hub_are_named_once(tmp_path: Path) -> None:
    one = Source("a/b", "0" * 40, "MIT", 1, 1, 1, hub="a/b")
    found = head(card(tmp_path, sources=[one, one, SOURCE]))
    assert found["source_datasets"] == ["a/b"]
    assert (found["license"], found["license_details"]) == ("other", "apache-2.0; mit")


@pytest.mark.parametrize("text", [*hostile.texts(), "x\n---\nlicense: mit", "'\": [&*!|>%@`"])
def test_no_name_leaves_its_field(tmp_path: Path, text: str) -> None:
    plain = head(card(tmp_path / "plain"))
    made = card(tmp_path / "made", title=text, sources=[Source(text, None, text, 1, 1, 1)])
    found = head(made)
    assert found.keys() - plain.keys() <= {"license_name", "license_details"}
    assert found["license"] == "other"
    assert "\n" not in found["pretty_name"]
    assert parsed(made).pretty_name == found["pretty_name"]


@pytest.mark.parametrize("text", ["x\n---\nlicense: mit", "a: b", "{{ x }}", "- y", "#"])
def test_a_metric_of_any_name_is_a_feature_of_that_name(tmp_path: Path, text: str) -> None:
    row: PreferencePair = pair(chosen_scores={text: "1"}, rejected_scores={text: "0"})
    (config,) = configs_of(staged(tmp_path, [row], form="parquet"))
    made = page(facts(), [config])
    features = parsed(made).to_dict()["dataset_info"][0]["features"]
    (scores,) = [it for it in features if it["name"] == "chosen_scores"]
    assert [it["name"] for it in scores["struct"]] == [text]
