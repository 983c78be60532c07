"""How probable a model holds the two answers of each pair, as TRL's DPO trainer works it out.

Rows are those of the `trl` export. Prompt, picture and padding tokens count nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch.nn.functional import cross_entropy
from trl.data_utils import apply_chat_template
from trl.trainer.dpo_trainer import DataCollatorForPreference, DataCollatorForVisionPreference

from align.inputs import on_model

COLUMNS = ("prompt", "chosen", "rejected")


def pair_batch(processor: Any, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The tensors of these pairs: all chosen answers, then all rejected ones.

    `processor` may be a tokenizer where no row has pictures.
    """
    if hasattr(processor, "image_processor"):
        examples = [{"images": list(row.get("images") or ())} | _texts(row) for row in rows]
        return dict(DataCollatorForVisionPreference(processor)(examples))
    padding = processor.pad_token_id
    collate = DataCollatorForPreference(processor.eos_token_id if padding is None else padding)
    return dict(collate([_tokens(processor, row) for row in rows]))


def log_probabilities(model: Any, batch: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    """The summed log-probabilities of the chosen and of the rejected answers, in nats."""
    inputs = on_model(model, batch)
    answered = inputs.pop("completion_mask")[:, 1:].bool()
    with torch.no_grad():
        logits = model(**inputs, use_cache=False).logits[:, :-1]
    following = inputs["input_ids"][:, 1:]
    sums = [
        # A row at a time and only the answer's places: the vocabulary in float32 is what is large.
        -cross_entropy(row[places].float(), tokens[places], reduction="sum").item()
        for row, tokens, places in zip(logits, following, answered, strict=True)
    ]
    half = len(sums) // 2
    return sums[:half], sums[half:]


def _texts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in COLUMNS}


def _tokens(tokenizer: Any, row: Mapping[str, Any]) -> dict[str, list[int]]:
    texts = apply_chat_template(_texts(row), tokenizer)
    return {
        f"{name}_ids": tokenizer(texts[name], add_special_tokens=False)["input_ids"]
        for name in COLUMNS
    }
