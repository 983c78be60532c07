"""A trained model as it lies in a folder: a run's, a whole model's, or an adapter's on its base.

As in loading.py nothing of a checkpoint is run, and weights come from safetensors only.
"""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from align.devices import device
from align.folders import model_folder
from align.loading import ADAPTER, Loaded, base_of, load
from align.quieting import quiet
from schemas.errors import AlignError

COUNTED = (".safetensors", ".json", ".jinja", ".model", ".txt")


def open_model(name: str, dtype: str = "auto") -> Loaded:
    """The model of a run, a folder or a Hub id, for answering: on the fastest device there is.

    A LoRA adapter is merged into its base. Raises AlignError where there is none to be loaded.
    """
    folder = model_folder(name)
    with quiet():
        return _placed(load(str(folder), dtype))


def open_adapter(name: str, dtype: str = "auto") -> Loaded:
    """An adapter on its base, so that it can be turned off. Raises AlignError as `open_model`."""
    from peft import PeftModel

    folder = model_folder(name)
    with quiet():
        base = load(base_of(str(folder)), dtype)
        try:
            model: Any = PeftModel.from_pretrained(base.model, str(folder))
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            first = (str(error).strip().splitlines() or [repr(error)])[0]
            raise AlignError(f"{folder}: does not fit its base: {first}", "train again") from error
        return _placed(replace(base, model=model))


def is_adapter(name: str) -> bool:
    """Whether what is named is a LoRA adapter and not a whole model."""
    return (model_folder(name) / ADAPTER).is_file()


def digest_of(name: str, loaded: Loaded) -> str:
    """32 hex digits over the checkpoint's files, and over its base's where it is an adapter.

    For a model of the Hub it is over the id and the commit that was loaded.
    """
    folder = model_folder(name)
    if not folder.is_dir():
        commit = getattr(loaded.model.config, "_commit_hash", None)
        return hashlib.sha256(f"{name}@{commit}".encode()).hexdigest()[:32]
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in COUNTED and path.is_file():
            digest.update(f"{path.name}\0{_sha256(path)}\n".encode())
    base = base_of(str(folder))
    if base != str(folder):
        digest.update(digest_of(base, loaded).encode())
    return digest.hexdigest()[:32]


def _placed(loaded: Loaded) -> Loaded:
    """The model on its device, with something to pad with: many text models have nothing."""
    if loaded.tokenizer.pad_token_id is None:
        loaded.tokenizer.pad_token = loaded.tokenizer.eos_token

    loaded.model.to(device()).eval()
    return loaded


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
