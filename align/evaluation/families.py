"""Which of lmms-eval's model classes runs a checkpoint, by its type, and whether one may."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.errors import AlignError

CONFIG, CODE = "config.json", "auto_map"
FAMILIES: Mapping[str, str] = {
    "llava": "llava_hf",
    "llava_next": "llava_hf",
    "llava_onevision": "llava_hf",
    "qwen2_vl": "qwen2_vl",
    "qwen2_5_vl": "qwen2_5_vl",
    "qwen3_vl": "qwen3_vl",
    "qwen3_vl_moe": "qwen3_vl",
    "qwen3_5": "qwen3_5",
    "internvl": "internvl_hf",
    "idefics2": "idefics2",
    "gemma3": "gemma3",
    "gemma4": "gemma4",
    "mllama": "llama_vision",
    "mistral3": "mistral3_vl",
    "lfm2_vl": "lfm2_5_vl",
}
"""A transformers `model_type` -> lmms-eval's `--model` (0.7.3)."""

ANY = "huggingface"
"""The class for every other model that transformers itself loads."""

MORE_ARGUMENTS: Mapping[str, str] = {
    "gemma3": "trust_remote_code=False",
    "gemma4": "trust_remote_code=False",
    ANY: "trust_remote_code=False",
}


def family_of(model_type: str) -> str:
    """lmms-eval's name for models of a type."""
    return FAMILIES.get(model_type, ANY)


def arguments_of(family: str, folder: str) -> str:
    """The `--model_args` that load a folder or a Hub id. Raises AlignError for a name with marks.

    lmms-eval splits them at commas and equals signs.
    """
    if "," in folder or "=" in folder:
        raise AlignError(f"{folder}: lmms-eval reads no name with ',' or '='", "rename the folder")
    more = MORE_ARGUMENTS.get(family)
    return f"pretrained={folder}" + (f",{more}" if more else "")


def checked_type(folder: Path) -> str:
    """The model type of a folder that is safe to hand over.

    Some of lmms-eval's classes run a checkpoint's own code, so one that names any is refused.
    Raises AlignError for that, and where there is no model.
    """
    config = _read(folder / CONFIG)
    for path in sorted(folder.glob("*.json")):
        if CODE in _read(path):
            raise AlignError(
                f"{path}: the checkpoint names code of its own ({CODE}), which lmms-eval would run",
                f"take {CODE} out of the file, or evaluate a model of transformers itself",
            )
    if not any(folder.glob("*.safetensors")):
        raise AlignError(f"{folder}: no safetensors in it", "save the model as safetensors")
    return str(config.get("model_type", ""))


def _read(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AlignError(f"{path}: {error.strerror}", "name a model's or a run's folder") from error
    except (ValueError, RecursionError) as error:
        raise AlignError(f"{path}: no valid JSON", "save the model again") from error
    return found if isinstance(found, dict) else {}
