"""Reward models that are not shown to be better than chance, by what their run measured."""

from collections.abc import Iterator, Mapping
from typing import Any

from align.reward.modes import Mode

CHANCE = 0.5
READ: Mapping[Mode, str] = {
    "critique": "after its own critiques",
    "given": "after the raters' critiques",
    "none": "without critiques",
}


def at_chance(result: Mapping[str, Any], mode: Mode) -> list[str]:
    """The run's models whose 95 % interval of ACC, after critiques of `mode`, is not above 0.5.

    Each with its ACC, and with its fold where there are several; `result` is that of run.json.
    """
    return [
        f"{name}ACC {share['value']:.3f}, 95 % {share['low']:.3f} to {share['high']:.3f}"
        for name, share in _shares(result, mode)
        if share["low"] is not None and share["low"] <= CHANCE
    ]


def chance_warning(result: Mapping[str, Any], mode: Mode) -> Iterator[str]:
    """What a user should know of such models, nothing where there are none."""
    found = at_chance(result, mode)
    if found:
        yield (
            f"{READ[mode]} not shown to be better than chance on held-out pairs "
            f"({'; '.join(found)}): such a model's deltas mean nothing"
        )


def _shares(result: Mapping[str, Any], mode: Mode) -> Iterator[tuple[str, Mapping[str, Any]]]:
    parts = result.get("folds", [result])
    for part in parts:
        measured = part["accuracy"].get(mode)
        if measured is not None:
            name = "" if part["fold"] is None else f"fold {part['fold']}: "
            yield name, measured["reward"]["acc_by_prompt"]
