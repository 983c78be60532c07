"""A model and what reads for it, from a folder or the Hub.

Code of a checkpoint is never run and weights come from safetensors only: a folder may be anybody's.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.quieting import hub_quiet
from schemas.errors import AlignError

ADAPTER, ADAPTER_WEIGHTS = "adapter_config.json", "adapter_model.safetensors"


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

    Raises AlignError for adapters that do not say, and for those that are no safetensors.
    """
    path = Path(name) / ADAPTER
    if not path.is_file():
        return name
    if not path.with_name(ADAPTER_WEIGHTS).is_file():
        raise AlignError(
            f"{name}: no {ADAPTER_WEIGHTS}", "save the adapter as safetensors; no pickle is read"
        )
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


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What transformers raises for a model that it cannot load, as one line that names it."""
    try:
        with hub_quiet():
            yield
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        first = (str(error).strip().splitlines() or [repr(error)])[0]
        raise AlignError(
            f"{name}: no model that can be loaded: {first}",
            "name a folder or a Hub id with config.json, safetensors and a processor",
        ) from error
