"""What a run would take, before it is run: parameters, memory, steps.

Memory is that of one process without sharding: weights, the reference's, gradients and AdamW's two
moments are counted to the byte; activations are an estimate, and so is the sum.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from align.lengths import Lengths
from align.loading import Loaded
from align.parts import freeze, lora_of, part_of
from align.settings import RecipeSettings
from align.training import steps_of


class LengthOf(Protocol):
    """Counts the tokens of a row's longest sequence."""

    def of(self, row: Mapping[str, Any], /) -> int:
        """The count."""


SAMPLED = 64
"""Rows whose tokens are counted: an even draw over the set."""

MOMENTS = 2 * 4
"""Bytes of AdamW's two moments of a parameter, in float32."""

LAYER_BYTES = 34
"""Bytes of activations per token, hidden unit and layer in 16 bits (Korthikanti et al., 2205.05198,
without attention's scores, which no kernel in use keeps)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A run to be. Parameters are by part; bytes are of one process; tokens are of a sequence."""

    rows: int
    steps: int
    parameters: dict[str, int]
    learning: int
    tokens_median: int
    tokens_most: int
    weights: int
    reference: int
    gradients: int
    optimizer: int
    activations: int

    @property
    def memory(self) -> int:
        """The sum of bytes."""
        return self.weights + self.reference + self.gradients + self.optimizer + self.activations


def estimate(
    loaded: Loaded,
    rows: Any,
    settings: RecipeSettings,
    *,
    sequences: int,
    reference: bool,
    lengths: LengthOf | None = None,
) -> Estimate:
    """What training on `rows` would take; the model's frozen parts are marked on the way.

    `sequences` are those of a row that one forward pass holds; `reference` says whether a second
    model gives the reference's log-probabilities (never under LoRA, where the adapter is left out).
    `lengths` counts a row's tokens where that is not done as TRL's collators do.
    """
    model = loaded.model
    parts = part_of(model)
    parameters = Counter[str]()
    for name, weights in model.named_parameters():
        parameters[parts[name]] += weights.numel()
    tokens = _tokens(lengths or Lengths(loaded), rows)
    lora = lora_of(model, settings.model)
    freeze(model, settings.model)
    learning = sum(one.numel() for one in model.parameters() if one.requires_grad)
    if lora is not None:
        learning += _adapter(model, lora)
    size = next(iter(model.parameters())).element_size()
    weights = size * sum(parameters.values())
    return Estimate(
        rows=len(rows),
        steps=steps_of(settings.train, len(rows)),
        parameters=dict(parameters),
        learning=learning,
        tokens_median=tokens[len(tokens) // 2],
        tokens_most=tokens[-1],
        weights=weights,
        reference=weights if reference and lora is None else 0,
        gradients=learning * size,
        optimizer=learning * MOMENTS,
        activations=_activations(
            model.config.get_text_config(),
            tokens[-1] * sequences * settings.train.batch_size,
            checkpointed=settings.train.gradient_checkpointing,
        ),
    )


def _tokens(lengths: LengthOf, rows: Any) -> list[int]:
    """Token counts of an even draw of rows, sorted."""
    step = max(1, len(rows) // SAMPLED)
    return sorted(lengths.of(rows[number]) for number in range(0, len(rows), step))


def _adapter(model: Any, lora: Any) -> int:
    """Parameters of the low-rank matrices: r (in + out) of each adapted layer."""
    shapes = [model.get_submodule(name).weight.shape for name in lora.target_modules]
    return sum(lora.r * (out + given) for out, given in shapes)


def _activations(config: Any, tokens: int, *, checkpointed: bool) -> int:
    """Bytes of activations for so many tokens: kept of every layer, or of one at a time.

    With checkpoints a layer keeps its input alone (2 bytes a hidden unit), and one layer is whole.
    Logits are not kept whole: TRL makes log-probabilities in chunks.
    """
    width, depth = int(config.hidden_size), int(config.num_hidden_layers)
    layer = LAYER_BYTES * width * tokens
    return layer + 2 * width * tokens * depth if checkpointed else layer * depth


def gigabytes(size: int) -> str:
    """Bytes as people read them."""
    if size < 1_000_000_000:
        return f"{math.ceil(size / 1_000_000):,} MB"
    return f"{size / 1_000_000_000:,.1f} GB"
