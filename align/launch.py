"""What settings for several processes ask for before a trainer is made."""

import os
from importlib.util import find_spec
from pathlib import Path

from align.settings import TrainSettings
from schemas.errors import ConfigError, MissingExtraError


def expect_launch(train: TrainSettings) -> None:
    """Nothing, where the settings can be met here.

    Raises MissingExtraError without the library, ConfigError for a file that is not there and for
    sharding in a single process.
    """
    if train.deepspeed is not None:
        if find_spec("deepspeed") is None:
            raise MissingExtraError("train.deepspeed needs DeepSpeed", "pip install deepspeed")
        if not Path(train.deepspeed).is_file():
            raise ConfigError(f"train.deepspeed = {train.deepspeed!r}: no such file", "name one")
    if train.fsdp is not None and int(os.environ.get("WORLD_SIZE", "1")) == 1:
        raise ConfigError(
            f"train.fsdp = {train.fsdp!r}: there is one process, and nothing to shard over",
            "start it with: accelerate launch -m curate align ...",
        )
