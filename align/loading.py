"""A model and what reads for it, from a folder or the Hub: what learns, and what stays as it is.

Code of a checkpoint is never run and weights come from safetensors only: a folder may be anybody's.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.settings import ModelSettings
from schemas.errors import AlignError

ADAPTER = "adapter_config.json"
PARTS = ("vision", "projector", "language", "head")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model with its processor (or tokenizer, where it reads texts only)."""

    model: Any
    processor: Any
    sees: bool

    @property
    def tokenizer(self) -> Any:
        """The tokenizer inside the processor, or the one there is."""
        return getattr(self.processor, "tokenizer", self.processor)


def load_config(name: str) -> Any:
    """A model's configuration. Raises AlignError where there is none that can be used."""
    from transformers import AutoConfig

    with _told(name):
        return AutoConfig.from_pretrained(name, trust_remote_code=False)


def sees_pictures(config: Any) -> bool:
    """Whether the model is one of images and text, by what transformers knows of its type."""
    from transformers.models.auto.modeling_auto import MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES

    return config.model_type in MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING_NAMES


def model_class(config: Any) -> Any:
    """The transformers class that loads such a model for writing text."""
    from transformers import AutoModelForCausalLM, AutoModelForImageTextToText

    return AutoModelForImageTextToText if sees_pictures(config) else AutoModelForCausalLM


def load(name: str, dtype: str = "auto") -> Loaded:
    """The model and its processor, on the CPU. `dtype` is float32, bfloat16 or the checkpoint's.

    Raises AlignError where it cannot be loaded, or has no chat template.
    """
    base = base_of(name)
    config = load_config(base)
    processor = load_processor(name, sees=sees_pictures(config))
    with _told(name):
        model = model_class(config).from_pretrained(
            base, dtype=dtype, trust_remote_code=False, use_safetensors=True
        )
        if base != name:
            from peft import PeftModel

            model = PeftModel.from_pretrained(model, name).merge_and_unload()
    return Loaded(model, processor, sees_pictures(config))


def base_of(name: str) -> str:
    """The model that a folder of LoRA adapters was trained on; any other name is its own.

    Raises AlignError for adapters that do not say.
    """
    path = Path(name) / ADAPTER
    if not path.is_file():
        return name
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["base_model_name_or_path"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AlignError(f"{path}: does not name a base model", "train it again") from error
    return str(found)


def load_shape(name: str, dtype: str = "auto") -> Loaded:
    """The model without its weights (on the `meta` device), to count with. Raises AlignError."""
    import torch

    config = load_config(base_of(name))
    sees = sees_pictures(config)
    processor = load_processor(name, sees=sees)
    with _told(name), torch.device("meta"):
        model = model_class(config).from_config(
            config, dtype=config.dtype if dtype == "auto" else getattr(torch, dtype)
        )
    return Loaded(model, processor, sees)


def load_processor(name: str, *, sees: bool) -> Any:
    """What makes tokens and pixels. Raises AlignError where there is no chat template."""
    from transformers import AutoProcessor, AutoTokenizer

    with _told(name):
        kind = AutoProcessor if sees else AutoTokenizer
        processor = kind.from_pretrained(name, trust_remote_code=False)
    if not (
        getattr(processor, "chat_template", None)
        or getattr(getattr(processor, "tokenizer", None), "chat_template", None)
    ):
        raise AlignError(
            f"{name}: its {'processor' if sees else 'tokenizer'} has no chat template",
            "name an instruction-tuned model, or put a chat_template.jinja into the folder",
        )
    return processor


def part_of(model: Any) -> dict[str, str]:
    """Which of PARTS each parameter is in, by its name.

    `projector` is what is neither the vision tower, nor the language model, nor its head.
    """
    inside = {
        "vision": _prefix(model, model.get_encoder("image")),
        "language": _prefix(model, model.get_decoder()),
        "head": _prefix(model, model.get_output_embeddings()),
    }
    known = {part: prefix for part, prefix in inside.items() if prefix}
    text_only = "vision" not in known
    found = {}
    for name, _ in model.named_parameters():
        parts = [part for part, prefix in known.items() if name.startswith(f"{prefix}.")]
        found[name] = parts[0] if parts else "language" if text_only else "projector"
    return found


def freeze(model: Any, settings: ModelSettings) -> None:
    """Stop the parts that do not learn. Under LoRA all is stopped but the projector."""
    learns = {
        "vision": not settings.freeze_vision,
        "projector": settings.train_projector,
        "language": True,
        "head": True,
    }
    lora = settings.lora_rank > 0
    for name, part in part_of(model).items():
        wanted = learns[part] and not (lora and part != "projector")
        model.get_parameter(name).requires_grad_(wanted)


def lora_of(model: Any, settings: ModelSettings) -> Any | None:
    """Peft's configuration: every linear layer that may learn but the head; None without LoRA."""
    if not settings.lora_rank:
        return None
    from peft import LoraConfig

    parts = part_of(model)
    adapted = {"language"} | ({"vision"} if not settings.freeze_vision else set())
    whole = sorted(_tops(name for name, part in parts.items() if part == "projector"))
    return LoraConfig(
        r=settings.lora_rank,
        lora_alpha=settings.lora_alpha,
        lora_dropout=settings.lora_dropout,
        target_modules=sorted(_linears(model, parts, adapted)),
        modules_to_save=whole if whole and settings.train_projector else None,
        task_type="CAUSAL_LM",
    )


def _linears(model: Any, parts: dict[str, str], adapted: set[str]) -> Iterator[str]:
    """Full names of the linear layers in those parts: peft matches a full name exactly."""
    import torch

    for name, module in model.named_modules():
        weight = f"{name}.weight"
        if isinstance(module, torch.nn.Linear) and parts.get(weight) in adapted:
            yield name


def _tops(names: Iterator[str]) -> set[str]:
    """The modules that hold the projector's parameters, each once, the outermost of them."""
    modules = {name.rpartition(".")[0] for name in names}
    return {
        module
        for module in modules
        if module and not any(module.startswith(f"{other}.") for other in modules)
    }


def _prefix(model: Any, part: Any) -> str | None:
    """The name of a module in the model; None for the model itself, or where there is none."""
    for name, module in model.named_modules():
        if module is part:
            return name or None
    return None


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What transformers raises for a model that it cannot load, as one line that names it."""
    try:
        yield
    except (OSError, ValueError, KeyError, ImportError) as error:
        first = (str(error).strip().splitlines() or [repr(error)])[0]
        raise AlignError(
            f"{name}: no model that can be loaded: {first}",
            "name a folder or a Hub id with config.json, safetensors and a processor",
        ) from error
