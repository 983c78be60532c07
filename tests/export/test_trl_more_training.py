"""TRL's reward and KTO trainers take three steps on our files, on the CPU, offline."""

import copy
from pathlib import Path
from typing import Any

import pytest

from export.base import Choices
from export.verify.tiny import processor, reward_model, tokenizer, vision_model
from tests.export.test_trl_training import losses
from tests.support.answers import answer, given
from tests.support.pairs import build, frames, pair, picture, user, written
from tests.support.trainers import TRAINS

pytestmark = TRAINS

SETTINGS: dict[str, Any] = {
    "max_steps": 3,
    "per_device_train_batch_size": 2,
    "max_length": None,
    "logging_steps": 1,
    "report_to": [],
    "use_cpu": True,
    "bf16": False,
    "save_strategy": "no",
}


def loaded(folder: Path) -> Any:
    from datasets import load_dataset

    files = str(folder / "out" / "train-*.parquet")
    return load_dataset("parquet", data_files=files, cache_dir=str(folder / "cache"))["train"]


@pytest.mark.parametrize(("margin", "loss"), [(False, 0.6931), (True, 0.8983)])
def test_reward_trainer_takes_three_steps_and_the_margin(
    tmp_path: Path, *, margin: bool, loss: float
) -> None:
    """At equal rewards the loss is log 2, or -log sigmoid(-0.375) with the margin of the rows."""
    import torch
    from trl import RewardConfig, RewardTrainer

    torch.manual_seed(0)
    rows = [pair([user(f"{word} cups ?")]) for word in ("How", "Why", "Same", "Two")]
    source = build(tmp_path, rows, choices=Choices(reward_margin=margin))
    written("trl-reward", source, tmp_path / "out")
    words = tokenizer()
    trainer = RewardTrainer(
        model=reward_model(words),
        args=RewardConfig(output_dir=str(tmp_path / "model"), **SETTINGS),
        train_dataset=loaded(tmp_path),
        processing_class=words,
    )
    trainer.train()
    assert losses(trainer) == pytest.approx([loss] * 3, abs=0.02)


def test_kto_trainer_takes_three_steps_on_pictures(tmp_path: Path) -> None:
    import torch
    from trl import KTOConfig, KTOTrainer

    torch.manual_seed(0)
    store = tmp_path / "media"
    media = [picture(store, 1), frames(store, [2, 3]), picture(store, 4), picture(store, 5)]
    rows = [
        answer("Three .", [user(0, "How many ?")], [one], n_chosen=n % 2, n_rejected=1 - n % 2)
        for n, one in enumerate(media)
    ]
    written("trl-kto", given(tmp_path, rows), tmp_path / "out")
    reader = processor()
    model = vision_model(reader)
    before = copy.deepcopy(model.state_dict())
    trainer = KTOTrainer(
        model=model,
        ref_model=copy.deepcopy(model),
        args=KTOConfig(output_dir=str(tmp_path / "model"), **SETTINGS),
        train_dataset=loaded(tmp_path),
        processing_class=reader,
    )
    trainer.train()
    assert losses(trainer)[0] == pytest.approx(0.5, abs=1e-3)  # both models are the same
    after = trainer.model.state_dict()
    assert any(not torch.equal(before[name], after[name].cpu()) for name in before)
