"""Which weights learn, and which models can be loaded at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from align.settings import ModelSettings
from schemas.errors import AlignError
from tests.support.tiny_models import FAMILIES, saved_model, tiny_llama, tiny_model
from tests.support.trainers import TRAINS

pytestmark = TRAINS


def test_tries_of_the_hubs_client_are_not_shown_but_the_error_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import logging

    from transformers import AutoConfig

    from align.loading import load_config

    def unreachable(*_: Any, **__: Any) -> None:
        logger = logging.getLogger("huggingface_hub.utils._http")
        logger.warning("'[Errno -2] Name or service not known' thrown while requesting HEAD")
        raise OSError("We couldn't connect to the Hub")

    monkeypatch.setattr(AutoConfig, "from_pretrained", unreachable)
    with pytest.raises(AlignError, match="some/model: no model that can be loaded: We couldn't"):
        load_config("some/model")
    assert capsys.readouterr() == ("", "")


def learning(model: Any) -> set[str]:
    from align.parts import part_of

    parts = part_of(model)
    return {parts[name] for name, one in model.named_parameters() if one.requires_grad}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_weight_is_in_a_part_and_every_part_has_some(family: str) -> None:
    from align.parts import PARTS, part_of

    model, _ = tiny_model(family)
    parts = part_of(model)
    assert set(parts) == {name for name, _ in model.named_parameters()}
    assert set(parts.values()) == set(PARTS)
    assert all("vision" in name for name, part in parts.items() if part == "vision")
    assert all("vision" not in name for name, part in parts.items() if part != "vision")


def test_a_text_model_has_no_vision_and_no_projector() -> None:
    from align.parts import part_of

    assert set(part_of(tiny_llama()[0]).values()) == {"language", "head"}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_vision_tower_is_frozen_unless_asked(family: str) -> None:
    from align.parts import freeze

    model, _ = tiny_model(family)
    freeze(model, ModelSettings())
    assert learning(model) == {"projector", "language", "head"}
    freeze(model, ModelSettings(freeze_vision=False, train_projector=False))
    assert learning(model) == {"vision", "language", "head"}


@pytest.mark.parametrize("family", FAMILIES)
def test_adapters_are_on_every_linear_layer_of_the_language_model_alone(family: str) -> None:
    import torch
    from peft import get_peft_model

    from align.parts import lora_of, part_of
    from align.rates import projector_of

    model, _ = tiny_model(family)
    settings = ModelSettings(lora_rank=4, lora_alpha=8)
    parts = part_of(model)
    linears = {
        name
        for name, module in model.named_modules()
        if isinstance(module, torch.nn.Linear) and parts.get(f"{name}.weight") == "language"
    }
    lora = lora_of(model, settings)
    assert lora is not None
    adapted = get_peft_model(model, lora)
    found = {name for name, one in adapted.named_parameters() if "lora_A" in name}
    assert len(found) == len(linears) > 4
    assert not any("vision" in name for name in found)
    trained = [name for name, one in adapted.named_parameters() if one.requires_grad]
    assert all("lora_" in name or "modules_to_save" in name for name in trained)
    projector = sum(one.numel() for name, one in model.named_parameters() if "modules_to" in name)
    assert sum(one.numel() for one in projector_of(adapted)) == projector > 0


def test_no_adapters_without_a_rank() -> None:
    from align.parts import lora_of

    assert lora_of(tiny_llama()[0], ModelSettings()) is None


def test_a_saved_model_is_loaded_as_it_was(tmp_path: Path) -> None:
    import torch

    from align.loading import load, load_shape

    model, reader = tiny_model("llava", seed=5)
    saved_model((model, reader), tmp_path)
    loaded = load(str(tmp_path), "float32")
    assert loaded.sees
    for name, value in loaded.model.state_dict().items():
        assert torch.equal(value, model.state_dict()[name])
    shape = load_shape(str(tmp_path), "bfloat16")
    first = next(iter(shape.model.parameters()))
    assert (first.device.type, first.dtype) == ("meta", torch.bfloat16)
    assert sum(one.numel() for one in shape.model.parameters()) == sum(
        one.numel() for one in model.parameters()
    )


def test_adapters_are_loaded_upon_the_model_that_they_name(tmp_path: Path) -> None:
    import torch
    from peft import get_peft_model

    from align.loading import load
    from align.parts import lora_of

    base = saved_model(tiny_model("llava", seed=5), tmp_path / "base")
    loaded = load(str(base), "float32")
    lora = lora_of(loaded.model, ModelSettings(lora_rank=2))
    adapted = get_peft_model(loaded.model, lora)
    with torch.no_grad():
        for name, value in adapted.named_parameters():
            if "lora_B" in name:
                value.fill_(0.5)
    adapted.save_pretrained(tmp_path / "adapters")
    loaded.processor.save_pretrained(tmp_path / "adapters")
    found = load(str(tmp_path / "adapters"), "float32").model
    merged = adapted.merge_and_unload().state_dict()
    plain = load(str(base), "float32").model.state_dict()
    changed = 0
    for name, value in found.state_dict().items():
        torch.testing.assert_close(value, merged[name])
        changed += not torch.equal(value, plain[name])
    assert changed > 4


def unloadable(folder: Path) -> dict[str, Path]:
    """Folders that hold no model that can be used, by what is wrong."""
    found = {name: folder / name for name in ("empty", "json", "type", "template", "pickled")}
    for path in found.values():
        path.mkdir(parents=True)
    (found["json"] / "config.json").write_text("{")
    (found["type"] / "config.json").write_text(json.dumps({"model_type": "no-such-model"}))
    saved_model(tiny_model("llava"), found["template"])
    (found["template"] / "chat_template.jinja").unlink()
    saved_model(tiny_model("llava"), found["pickled"])
    (found["pickled"] / "model.safetensors").rename(found["pickled"] / "pytorch_model.bin")
    return found


def test_a_folder_without_a_usable_model_is_told_in_one_line(tmp_path: Path) -> None:
    from align.loading import load

    for what, path in unloadable(tmp_path).items():
        with pytest.raises(AlignError) as error:
            load(str(path))
        assert str(path) in str(error.value), what
        assert "\n" not in str(error.value), what


def test_adapters_that_name_no_base_are_told(tmp_path: Path) -> None:
    from align.loading import load

    (tmp_path / "adapter_model.safetensors").write_bytes(b"")
    for text in ("{}", "[", "[]", "null"):
        (tmp_path / "adapter_config.json").write_text(text)
        with pytest.raises(AlignError, match="does not name a base model"):
            load(str(tmp_path))


def test_adapters_that_are_a_pickle_are_not_read(tmp_path: Path) -> None:
    from align.loading import load, load_shape

    base = saved_model(tiny_model("llava"), tmp_path / "base")
    config = {"base_model_name_or_path": str(base), "peft_type": "LORA"}
    (tmp_path / "adapter_config.json").write_text(json.dumps(config))
    (tmp_path / "adapter_model.bin").write_bytes(b"cos\nsystem\n")
    for loads in (load, load_shape):
        with pytest.raises(AlignError, match=r"no adapter_model\.safetensors"):
            loads(str(tmp_path))


def test_code_that_lies_beside_a_model_is_not_run(tmp_path: Path) -> None:
    from align.loading import load

    config = {
        "model_type": "own",
        "auto_map": {"AutoConfig": "own.OwnConfig", "AutoModelForCausalLM": "own.Own"},
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    ran = tmp_path / "ran"
    (tmp_path / "own.py").write_text(f"open({str(ran)!r}, 'w')\nclass OwnConfig: pass\n")
    with pytest.raises(AlignError):
        load(str(tmp_path))
    assert not ran.exists()
