"""A trained model as it lies in a folder: a run's, a whole model's, an adapter's on its base.

As in loading.py nothing of a checkpoint is run, and weights come from safetensors only.
"""

import hashlib
from pathlib import Path
from typing import Any

from align.loading import Loaded, load, load_processor
from align.training import MODEL, quiet
from schemas.errors import AlignError

ADAPTER, ADAPTER_WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
TOKENIZER = "tokenizer_config.json"
COUNTED = (".safetensors", ".json", ".jinja", ".model", ".txt")


def open_model(name: str, dtype: str = "auto") -> Loaded:
    """The model of a run, a folder or a Hub id, for answering: on the fastest device there is.

    A LoRA adapter comes on its base, so that it can be turned off. Raises AlignError where there is
    none that can be loaded.
    """
    folder = model_folder(name)
    with quiet():
        loaded = _on_base(folder, dtype) if is_adapter(folder) else load(str(folder), dtype)
        loaded.model.to(_device()).eval()
    return loaded


def model_folder(name: str) -> Path:
    """The folder with the weights: `model/` of a run. A Hub id is given back as it is."""
    inside = Path(name) / MODEL
    return inside if inside.is_dir() else Path(name)


def is_adapter(folder: Path) -> bool:
    """Whether a folder holds a LoRA adapter and not a whole model."""
    return (folder / ADAPTER).is_file()


def model_name(name: str) -> str:
    """What answers say made them: the run's or the folder's name, or the Hub id."""
    path = Path(name)
    if not path.is_dir():
        return name
    own = path.resolve()
    return own.parent.name if own.name == MODEL else own.name


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
    if is_adapter(folder):
        digest.update(digest_of(_base_of(folder), loaded).encode())
    return digest.hexdigest()[:32]


def _base_of(folder: Path) -> str:
    from peft import PeftConfig

    try:
        base = PeftConfig.from_pretrained(str(folder)).base_model_name_or_path
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise AlignError(f"{folder / ADAPTER}: no adapter: {error}", "train it again") from error
    if not base:
        raise AlignError(f"{folder / ADAPTER} names no base model", "train it again")
    return str(base)


def _on_base(folder: Path, dtype: str) -> Loaded:
    from peft import PeftModel

    if not (folder / ADAPTER_WEIGHTS).is_file():
        raise AlignError(
            f"{folder}: no {ADAPTER_WEIGHTS}",
            "save the adapter as safetensors; pickles are not read",
        )
    base = load(_base_of(folder), dtype)
    try:
        model: Any = PeftModel.from_pretrained(base.model, str(folder))
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        first = (str(error).strip().splitlines() or [repr(error)])[0]
        raise AlignError(f"{folder}: does not fit its base: {first}", "train it again") from error
    own = (folder / TOKENIZER).is_file()
    processor = load_processor(str(folder), sees=base.sees) if own else base.processor
    return Loaded(model, processor, base.sees)


def _device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
