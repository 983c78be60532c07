"""Which of a model's weights learn: vision tower, projector, language model, head; or adapters."""

from collections.abc import Iterator
from typing import Any

from align.settings import ModelSettings

PARTS = ("vision", "projector", "language", "head")


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
