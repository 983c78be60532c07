"""How often a model prefers what raters preferred, on pairs that it did not train on.

By DPO's implicit reward, which is log pi(y) - log pi_ref(y) up to beta, where there is a reference
model; and by log pi(y) itself. Source: Rafailov and others, Direct Preference Optimization (2023).
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Protocol

from align.accuracy import PreferenceAccuracy, accuracy_of
from align.log_probabilities import log_probabilities, pair_batch
from align.progress import Advance, unseen
from schemas.base import Record


class Rows(Protocol):
    """Rows of the `trl` export: a data set of the `datasets` library, or a list of dicts."""

    def __len__(self) -> int:
        """How many pairs there are."""

    def __getitem__(self, index: int) -> Mapping[str, Any]:
        """One pair: images, prompt, chosen, rejected and prompt_id."""


class PreferenceReport(Record):
    """The accuracies on one set of pairs; `implicit_reward` is null without a reference model."""

    pairs: int
    prompts: int
    implicit_reward: PreferenceAccuracy | None
    log_probability: PreferenceAccuracy


def preference_accuracy(
    model: Any,
    reference: Any | None,
    processor: Any,
    rows: Rows,
    *,
    batch_size: int,
    advance: Advance = unseen,
) -> PreferenceReport:
    """The accuracy of a model on pairs, `batch_size` pairs at a time.

    `reference` may be the model itself where it has LoRA adapters: they are turned off for it.
    The models are left in the mode, training or not, that they came in.
    """
    plain: list[float] = []
    implicit: list[float] = []
    prompts: list[str] = []
    with _evaluating(model), _evaluating(reference):
        for batch in _batches(rows, batch_size):
            prompts += [str(row["prompt_id"]) for row in batch]
            tensors = pair_batch(processor, batch)
            found = _differences(model, tensors)
            plain += found
            if reference is not None:
                with _without_adapters(model, reference):
                    base = _differences(reference, tensors)
                implicit += [mine - its for mine, its in zip(found, base, strict=True)]
            advance(len(batch))
    relative = None if reference is None else accuracy_of("implicit_reward", implicit, prompts)
    return PreferenceReport(
        pairs=len(prompts),
        prompts=len(set(prompts)),
        implicit_reward=relative,
        log_probability=accuracy_of("log_probability", plain, prompts),
    )


def _differences(model: Any, tensors: Mapping[str, Any]) -> list[float]:
    chosen, rejected = log_probabilities(model, tensors)
    return [one - other for one, other in zip(chosen, rejected, strict=True)]


def _batches(rows: Rows, size: int) -> Iterator[list[Mapping[str, Any]]]:
    for start in range(0, len(rows), size):
        yield [rows[index] for index in range(start, min(start + size, len(rows)))]


@contextmanager
def _evaluating(model: Any | None) -> Iterator[None]:
    """The model without dropout, and afterwards as it was."""
    before = [(part, part.training) for part in model.modules()] if model is not None else []
    for part, _ in before:
        part.training = False
    try:
        yield
    finally:
        for part, training in before:
            part.training = training


def _without_adapters(model: Any, reference: Any) -> AbstractContextManager[Any]:
    return model.disable_adapter() if reference is model else nullcontext()
