"""Configs and splits are what the files beside the card say."""

import hashlib
from pathlib import Path

import pytest

from export.card.folder import configs_of
from schemas.errors import ExportError
from tests.support.cards import staged, texts_only


def test_data_is_the_default_config_and_comes_first(tmp_path: Path) -> None:
    staging = staged(tmp_path, texts_only(), config="a-votes")
    staged(tmp_path)
    assert [config.name for config in configs_of(staging)] == ["default", "a-votes"]


def test_splits_come_in_the_order_they_are_used(tmp_path: Path) -> None:
    (config,) = configs_of(staged(tmp_path))
    assert [(split.name, split.rows) for split in config.splits] == [("train", 1), ("test", 1)]
    assert config.has_media()


def test_a_column_of_no_pictures_is_no_picture(tmp_path: Path) -> None:
    (config,) = configs_of(staged(tmp_path, texts_only(), form="parquet"))
    assert "images" in config.features
    assert not config.has_media()


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    staging = staged(tmp_path)
    (config,) = configs_of(staging)
    (file,) = config.splits[0].files
    data = (staging / file.path).read_bytes()
    assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert file.path == "data/train-00000-of-00001.parquet"


def test_without_data_there_is_no_card(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no data"):
        configs_of(tmp_path)


def test_a_file_that_is_no_parquet_is_named(tmp_path: Path) -> None:
    broken = staged(tmp_path) / "data" / "train-00000-of-00001.parquet"
    broken.write_bytes(b"PAR1 no more")
    with pytest.raises(ExportError, match="train-00000"):
        configs_of(tmp_path / "staging")
