"""What every one of TRL's trainers is given of a run."""

import copy
from typing import Any

from align.loading import Loaded
from align.parts import freeze, lora_of
from align.rows import Rows
from align.settings import ModelSettings


def parts_of_trainer(
    loaded: Loaded, rows: Rows, settings: ModelSettings, *, reference: bool = False
) -> dict[str, Any]:
    """Model, rows and adapters, what does not learn stopped; with `reference`, that model too.

    The reference is a frozen copy of the model as it is given; under LoRA there is none, since the
    model without its adapters is the same.
    """
    lora = lora_of(loaded.model, settings)
    given: dict[str, Any] = {}
    if reference:
        frozen = None if lora else copy.deepcopy(loaded.model).requires_grad_(False)
        given["ref_model"] = frozen
    freeze(loaded.model, settings)
    return {
        **given,
        "model": loaded.model,
        "train_dataset": rows.train,
        "eval_dataset": rows.held_out,
        "processing_class": loaded.processor,
        "peft_config": lora,
    }
