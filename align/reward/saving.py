"""A reward model's folder: the backbone's own save, the scoring head and what it is.

    config.json, model.safetensors, ...   as the backbone saves itself (or a LoRA adapter's files)
    score_head.safetensors                the scoring head
    reward_model.json                     its width and dropout

Weights are safetensors only and a checkpoint's code is never run: a folder may be anybody's.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel, set_peft_model_state_dict
from pydantic import ValidationError
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from align.loading import ADAPTER, ADAPTER_WEIGHTS, Loaded, load
from align.reward.head import RewardHead
from align.reward.model import CritiqueRewardModel, head_dtype
from schemas.base import Count, Record, Share
from schemas.errors import AlignError

HEAD = "score_head.safetensors"
ABOUT = "reward_model.json"
FIX = "name the folder of a model that `curate align reward` trained"


class About(Record):
    """What `reward_model.json` says: the scoring head's width and dropout."""

    version: Count = 1
    width: Count
    dropout: Share = 0.0


def save_reward_model(
    model: CritiqueRewardModel, folder: Path, state: Mapping[str, Any] | None = None
) -> None:
    """Write the model's folder; `state` are its weights where they are gathered from elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    own = _under("backbone.", state) if state is not None else None
    adapted = {"save_embedding_layers": False} if isinstance(model.backbone, PeftModel) else {}
    model.backbone.save_pretrained(folder, state_dict=own, **adapted)
    head = _under("score_head.", state) if state is not None else model.score_head.state_dict()
    save_file({name: it.detach().cpu().contiguous() for name, it in head.items()}, folder / HEAD)
    about = About(width=model.score_head.width, dropout=model.score_head.dropout)
    (folder / ABOUT).write_text(about.model_dump_json(indent=2) + "\n", encoding="utf-8")


def load_reward_model(folder: Path, dtype: str = "auto") -> Loaded:
    """A saved reward model and its processor, on the CPU; an adapter is merged into its base.

    Raises AlignError where it is none.
    """
    about = _about(folder)
    loaded = load(str(folder), dtype)
    head = RewardHead(about.width, about.dropout).to(head_dtype(loaded.model.dtype))
    _load_head(head, folder)
    return Loaded(CritiqueRewardModel(loaded.model, head).eval(), loaded.processor, loaded.sees)


def load_weights(model: CritiqueRewardModel, folder: Path) -> None:
    """Put a saved model's weights into one that is there already, whatever learns of it."""
    _about(folder)
    _load_head(model.score_head, folder)
    if (folder / ADAPTER).is_file():
        set_peft_model_state_dict(model.backbone, load_file(folder / ADAPTER_WEIGHTS))
        return
    fresh = type(model.backbone).from_pretrained(
        folder, dtype=model.backbone.dtype, use_safetensors=True, trust_remote_code=False
    )
    model.backbone.load_state_dict(fresh.state_dict())


def _load_head(head: RewardHead, folder: Path) -> None:
    try:
        head.load_state_dict(load_file(folder / HEAD))
    except (OSError, SafetensorError, RuntimeError) as error:
        raise AlignError(
            f"{folder / HEAD}: no scoring head: {str(error).splitlines()[0]}", FIX
        ) from error


def _about(folder: Path) -> About:
    try:
        return About.model_validate(_json(folder / ABOUT))
    except ValidationError as error:
        raise AlignError(f"{folder / ABOUT}: {error.errors()[0]['msg']}", FIX) from error


def _json(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AlignError(f"{path}: {error.strerror}", FIX) from error
    except (ValueError, RecursionError) as error:
        raise AlignError(f"{path}: no valid JSON", FIX) from error
    if not isinstance(found, dict):
        raise AlignError(f"{path}: no object", FIX)
    return found


def _under(prefix: str, state: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name.removeprefix(prefix): it for name, it in state.items() if name.startswith(prefix)}
