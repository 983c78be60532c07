"""TRL's own trainer takes three steps on our files: a tiny random LLaVA, on the CPU, offline."""

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from export.verify.tiny import PLACES, processor, text_model, tokenizer, vision_model
from schemas.pair import PreferencePair
from tests.support.pairs import build, frames, pair, picture, turn, user, written
from tests.support.trainers import TRAINS

pytestmark = TRAINS


def rows_of(folder: Path, rows: Sequence[PreferencePair]) -> Any:
    from datasets import load_dataset

    written("trl", build(folder, rows), folder / "out")
    files = str(folder / "out" / "train-*.parquet")
    return load_dataset("parquet", data_files=files, cache_dir=str(folder / "cache"))["train"]


def trained(folder: Path, rows: Any, reader: Any, model: Any) -> Any:
    """The trainer after three steps; the reference model is a copy, as TRL needs one in memory."""
    from trl import DPOConfig, DPOTrainer

    settings = DPOConfig(
        output_dir=str(folder / "model"),
        max_steps=3,
        per_device_train_batch_size=2,
        learning_rate=0.01,
        max_length=None,
        logging_steps=1,
        report_to=[],
        use_cpu=True,
        bf16=False,
        save_strategy="no",
    )
    trainer = DPOTrainer(
        model=model,
        ref_model=copy.deepcopy(model),
        args=settings,
        train_dataset=rows,
        processing_class=reader,
    )
    trainer.train()
    return trainer


def losses(trainer: Any) -> list[float]:
    return [step["loss"] for step in trainer.state.log_history if "loss" in step]


def front_pairs(store: Path) -> list[PreferencePair]:
    follow_up = [user(0, 1, "Same ?"), turn("assistant", "Two ."), user("Why ?")]
    return [
        pair([user(0, "How many cups ?")], [picture(store, 1)], "Three .", "Two ."),
        pair(follow_up, [picture(store, n) for n in (2, 3)], "Three .", "Two ."),
        pair([user(0, "How many ?")], [frames(store, [4, 5])], "Three .", "Two ."),
        pair([user("How many cups ?")], chosen="Three .", rejected="Two ."),
    ]


def behind_pairs(store: Path) -> list[PreferencePair]:
    later = [user("Why ?", 0, "Same ?"), turn("assistant", "Two ."), user(1, "How many ?")]
    media = [picture(store, 6), frames(store, [7, 8])]
    return [*front_pairs(store), pair(later, media, "Three .", "Two .")]


@pytest.mark.parametrize("pairs", [front_pairs, behind_pairs])
def test_dpo_trainer_takes_three_steps_on_pictures(tmp_path: Path, pairs: Any) -> None:
    import torch

    torch.manual_seed(0)
    reader = processor()
    model = vision_model(reader)
    before = copy.deepcopy(model.state_dict())
    rows = rows_of(tmp_path, pairs(tmp_path / "media"))
    trainer = trained(tmp_path, rows, reader, model)
    steps = losses(trainer)
    assert len(steps) == 3
    assert steps[0] == pytest.approx(0.6931, abs=1e-3)  # log 2: model and reference are the same
    assert steps[-1] < steps[0]
    after = trainer.model.state_dict()
    assert any(not torch.equal(before[name], after[name].cpu()) for name in before)


@pytest.mark.parametrize("pairs", [front_pairs, behind_pairs])
def test_every_picture_reaches_the_model_in_its_place(tmp_path: Path, pairs: Any) -> None:
    from trl.trainer.dpo_trainer import DataCollatorForVisionPreference

    reader = processor()
    rows = rows_of(tmp_path, pairs(tmp_path / "media"))
    token = reader.tokenizer.convert_tokens_to_ids("<image>")
    for row in rows:
        count = len(row["images"])
        batch = DataCollatorForVisionPreference(reader)([row])
        places = (batch["input_ids"] == token).sum(dim=1).tolist()
        assert places == [count * PLACES] * 2
        assert len(batch.get("pixel_values", [])) == 2 * count


def test_trl_puts_each_block_where_the_prompt_has_it(tmp_path: Path) -> None:
    from trl.data_utils import prepare_multimodal_messages

    row = rows_of(tmp_path, behind_pairs(tmp_path / "media"))[4]
    first, _, last = prepare_multimodal_messages(row["prompt"], images=row["images"])
    assert [part["type"] for part in first["content"]] == ["text", "image", "text"]
    assert [part["type"] for part in last["content"]] == ["image", "image", "text"]
    shown = [p["image"] for p in first["content"] + last["content"] if p["type"] == "image"]
    assert [image.getpixel((0, 0))[0] for image in shown] == pytest.approx([6, 7, 8], abs=3)


def test_a_set_without_pictures_trains_a_text_model(tmp_path: Path) -> None:
    words = tokenizer()
    rows = rows_of(tmp_path, [pair([user(f"{w} cups ?")]) for w in ("How", "Why", "Same", "Two")])
    assert len(losses(trained(tmp_path, rows, words, text_model(words)))) == 3
