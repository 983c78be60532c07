"""A recipe's settings out of a TOML file, the papers' presets, and overrides.

A file has one table a recipe, so that one file may hold a whole project:

    [dpo.model]
    lora_rank = 64
    [dpo.train]
    learning_rate = 5e-7
    [dpo.loss]
    w = 0.5

What a file leaves out is the preset's, and what that leaves out is the model's default.
"""

import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from align.settings import RECIPES, RecipeSettings
from schemas.errors import ConfigError, did_you_mean

PRESETS = {"mm-rlhf": "mm_rlhf.toml", "mllm-dpo": "mllm_dpo.toml"}
"""The settings that each paper's released scripts used (docs/align.md says what differs)."""


def settings_of(
    recipe: str,
    *,
    preset: str | None = None,
    file: Path | None = None,
    overrides: Sequence[str] = (),
) -> RecipeSettings:
    """The settings of a recipe: `overrides` (key=value) over `file` over `preset`.

    Raises ConfigError with the place, the value and the fix.
    """
    layers: list[tuple[str, Mapping[str, Any]]] = []
    if preset is not None:
        layers.append((f"preset {preset!r}", _preset(recipe, preset)))
    if file is not None:
        layers.append((str(file), _of_file(recipe, file)))
    layers.append(("--set", _of_overrides(recipe, overrides)))
    merged: dict[str, Any] = {}
    for _, values in layers:
        merged = _over(merged, values)
    place = " over ".join(reversed([name for name, values in layers if values]))
    return _validated(RECIPES[recipe], merged, f"{place or 'settings'}: {recipe}")


def _preset(recipe: str, name: str) -> Mapping[str, Any]:
    if name not in PRESETS:
        raise ConfigError(f"preset {name!r} unknown", did_you_mean(name, PRESETS))
    text = (resources.files("align") / "presets" / PRESETS[name]).read_text(encoding="utf-8")
    values = tomllib.loads(text)
    if recipe not in values:
        raise ConfigError(
            f"preset {name!r} has no recipe {recipe!r}",
            f"it has {', '.join(values)}; leave out --preset for the defaults",
        )
    return dict(values[recipe])


def _of_file(recipe: str, path: Path) -> Mapping[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", "name a file of settings") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: nested too deep", "mend the file") from error
    except ValueError as error:
        raise ConfigError(f"{path}: no valid TOML: {error}", "mend that line") from error
    for name in values:
        if name not in RECIPES:
            raise ConfigError(f"{path}: [{name}] is no recipe", did_you_mean(name, RECIPES))
    found = values.get(recipe, {})
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: {recipe} = {found!r} is no table", f"write [{recipe}.train]")
    return found


def _of_overrides(recipe: str, overrides: Sequence[str]) -> Mapping[str, Any]:
    """`train.max_steps=5`; the recipe's name may stand before it."""
    values: dict[str, Any] = {}
    for override in overrides:
        key, equals, text = override.partition("=")
        names = key.strip().removeprefix(f"{recipe}.").split(".")
        if not equals or len(names) != 2 or not all(names):
            raise ConfigError(
                f"--set {override!r} is no section.key=value", "e.g. --set train.max_steps=100"
            )
        values.setdefault(names[0], {})[names[1]] = _value(text.strip())
    return values


def _value(text: str) -> Any:
    """The value as TOML reads it; a bare word is a string and nothing is null."""
    if not text:
        return None
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        return text


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, value in above.items():
        both = isinstance(value, dict) and isinstance(merged.get(name), dict)
        merged[name] = _over(merged[name], value) if both else value
    return merged


def _validated(kind: type[RecipeSettings], values: Mapping[str, Any], place: str) -> RecipeSettings:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        path = [str(part) for part in first["loc"]]
        where = f"{place}.{'.'.join(path)}"
        if first["type"] == "extra_forbidden":
            raise ConfigError(
                f"{where}: unknown key", did_you_mean(path[-1], _keys(kind, path))
            ) from error
        raise ConfigError(f"{where} = {first['input']!r}: {first['msg']}", "mend it") from error


def _keys(kind: type[RecipeSettings], path: Sequence[str]) -> list[str]:
    if len(path) == 1:
        return list(kind.model_fields)
    section = kind.model_fields[path[0]].annotation
    return list(getattr(section, "model_fields", {}))
