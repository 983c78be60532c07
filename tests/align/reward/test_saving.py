"""A reward model's folder: what comes back is what was saved, and nothing in it is run."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import AlignError
from tests.support.rewards import encoder, reward_model, rows, settings
from tests.support.tiny_models import FAMILIES, saved_model, tiny_llama, tiny_model
from tests.support.trainers import TRAINS

pytestmark = TRAINS


def rewards(model: Any, processor: Any) -> list[float]:
    from align.reward.exchange import exchanges_of
    from align.reward.scoring import Scorer

    shows = getattr(processor, "tokenizer", None) is not None
    answers = [it for row in rows() if shows or not row["images"] for it in exchanges_of(row)]
    made = Scorer(model, encoder(model, processor), "given", batch_size=2)
    return [it.reward for it in made.scores(answers)]


def save(model: Any, processor: Any, folder: Path) -> Path:
    from align.reward.saving import save_reward_model

    save_reward_model(model, folder)
    processor.save_pretrained(folder)
    return folder


def loaded(folder: Path) -> tuple[Any, Any]:
    from align.reward.saving import load_reward_model

    found = load_reward_model(folder)
    return found.model, found.processor


@pytest.mark.parametrize("family", FAMILIES)
def test_a_loaded_model_gives_the_scores_of_the_saved_one(family: str, tmp_path: Path) -> None:
    model, processor = reward_model(family, double=False)
    folder = save(model, processor, tmp_path / "model")
    assert rewards(*loaded(folder)) == rewards(model, processor)
    weights = [it.name for it in folder.iterdir() if it.suffix in {".bin", ".pt", ".pkl"}]
    assert weights == []


def test_a_model_saves_and_loads_itself(tmp_path: Path) -> None:
    from align.reward.model import CritiqueRewardModel

    model, processor = reward_model("llava", double=False)
    model.save_pretrained(tmp_path)
    processor.save_pretrained(tmp_path)
    assert rewards(CritiqueRewardModel.from_pretrained(tmp_path), processor) == rewards(
        model, processor
    )


def test_a_text_model_is_saved_alike(tmp_path: Path) -> None:
    from align.reward.model import CritiqueRewardModel

    backbone, words = tiny_llama()
    model = CritiqueRewardModel.of(backbone)
    assert rewards(*loaded(save(model, words, tmp_path / "model"))) == rewards(model, words)


@pytest.mark.parametrize("family", FAMILIES)
def test_an_adapter_is_saved_beside_its_head_and_names_its_base(
    family: str, tmp_path: Path
) -> None:
    import torch

    from align.loading import load
    from align.reward.training import reward_model as new_model

    base = saved_model(tiny_model(family), tmp_path / "base")
    given = load(str(base))
    model = new_model(given, settings("model.lora_rank=4"))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter.normal_(std=0.5)
    folder = save(model, given.processor, tmp_path / "model")
    assert not (folder / "model.safetensors").exists()
    assert rewards(*loaded(folder)) == pytest.approx(rewards(model, given.processor), abs=1e-4)


def test_weights_go_into_a_model_that_is_there(tmp_path: Path) -> None:
    from align.reward.saving import load_weights

    first, processor = reward_model("llava", double=False)
    folder = save(first, processor, tmp_path / "model")
    other, _ = reward_model("llava", double=False, dropout=0.0)
    for parameter in other.parameters():
        parameter.data.add_(0.1)
    assert rewards(other, processor) != rewards(first, processor)
    load_weights(other, folder)
    assert rewards(other, processor) == rewards(first, processor)


def broken(folder: Path, name: str) -> None:
    path = folder / name
    if name == "reward_model.json":
        path.write_text(json.dumps({"width": 16, "surprise": 1}), "utf-8")
    else:
        path.write_bytes(b"\x80\x04not safetensors")


@pytest.mark.parametrize("name", ["reward_model.json", "score_head.safetensors"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_folder_without_a_sound_head_is_refused(name: str, tmp_path: Path, *, gone: bool) -> None:
    model, processor = reward_model("llava", double=False)
    folder = save(model, processor, tmp_path / "model")
    if gone:
        (folder / name).unlink()
    else:
        broken(folder, name)
    with pytest.raises(AlignError, match=name.replace(".", "[.]")):
        loaded(folder)


def test_pickled_weights_are_not_loaded(tmp_path: Path) -> None:
    import torch

    model, processor = reward_model("llava", double=False)
    folder = save(model, processor, tmp_path / "model")
    (folder / "model.safetensors").unlink()
    torch.save(model.backbone.state_dict(), folder / "pytorch_model.bin")
    with pytest.raises(AlignError, match="safetensors"):
        loaded(folder)


def test_a_pickled_adapter_is_not_loaded(tmp_path: Path) -> None:
    import torch

    folder = tmp_path / "model"
    model, processor = reward_model("llava", double=False)
    save(model, processor, folder)
    (folder / "adapter_config.json").write_text(
        json.dumps({"peft_type": "LORA", "base_model_name_or_path": str(folder)}), "utf-8"
    )
    torch.save({}, folder / "adapter_model.bin")
    with pytest.raises(AlignError, match=r"adapter_model\.safetensors"):
        loaded(folder)
