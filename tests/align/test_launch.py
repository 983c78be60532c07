"""Settings for several processes are held against what is there, in one line."""

from pathlib import Path

import pytest

from align.launch import expect_launch
from align.settings import TrainSettings
from schemas.errors import ConfigError, MissingExtraError


def test_settings_for_one_process_ask_for_nothing() -> None:
    expect_launch(TrainSettings())


def test_sharding_in_one_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    with pytest.raises(ConfigError, match="one process, and nothing to shard over"):
        expect_launch(TrainSettings(fsdp="full_shard"))
    monkeypatch.setenv("WORLD_SIZE", "2")
    expect_launch(TrainSettings(fsdp="full_shard"))


def test_deepspeed_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = TrainSettings(deepspeed=str(tmp_path / "zero3.json"))
    monkeypatch.setattr("align.launch.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match="pip install deepspeed"):
        expect_launch(asked)
    monkeypatch.setattr("align.launch.find_spec", lambda name: name)
    with pytest.raises(ConfigError, match=r"zero3\.json'.*no such file"):
        expect_launch(asked)
    (tmp_path / "zero3.json").write_text("{}")
    expect_launch(asked)
