"""curate.toml and `--set` overrides into one checked model, with a preset's defaults filled in.

Secrets are not settings: they come from the environment.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from curate.ingest.text import is_text
from curate.sources.shaping import shown
from schemas.config import Config, RubricSection
from schemas.config_pairs import PairsSection
from schemas.errors import ConfigError, did_you_mean
from schemas.rubric import PRESETS, Rubric

UNREADABLE = (ValueError, RecursionError)
"""What tomllib raises: TOMLDecodeError is a ValueError, as a number of too many digits is."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command works by: the config as given, the rubric, and pairs without gaps."""

    config: Config
    rubric: Rubric
    pairs: PairsSection
    weights: Mapping[str, float]

    @property
    def widest_difference(self) -> float:
        """The widest difference of two answers in weighted points."""
        return sum(self.weights[one.name] * (one.max - one.min) for one in self.rubric.metric)


def load(path: Path, overrides: Sequence[str] = ()) -> Settings:
    """The settings of a curate.toml with `key=value` overrides put over it.

    Raises ConfigError with the file, the key, the value and the fix.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}", "save as UTF-8") from error
    return parse(text, str(path), overrides)


def parse(text: str, place: str, overrides: Sequence[str] = ()) -> Settings:
    """The settings of a curate.toml's text; `place` is what errors call it."""
    try:
        values = tomllib.loads(text)
    except UNREADABLE as error:
        why = "it is nested too deep" if isinstance(error, RecursionError) else error
        raise ConfigError(f"{place}: no valid TOML: {why}", "mend that line") from error
    for override in overrides:
        _put(values, override)
    return resolve(_validated(values, place))


def resolve(config: Config) -> Settings:
    """The settings of a config: preset loaded, null pair settings taken from the preset."""
    preset = _preset(config.rubric)
    rubric = _rubric(config.rubric, preset)
    given = config.pairs.model_dump(exclude_none=True, exclude_unset=True)
    defaults = {"policy": "all-ranked", "min_margin": 0.0, "veto": ()}
    pairs = PairsSection.model_validate({**defaults, **preset.get("pairs", {}), **given})
    weights = rubric.weights(config.score.weights)
    if not any(weights.values()):
        raise ConfigError("[score] weights: every metric has weight 0", "give one a weight")
    return Settings(config, rubric, pairs, weights)


def preset_rubric(name: str) -> Rubric:
    """The rubric of a preset, for who has no workspace. Raises ConfigError for one unknown."""
    return Rubric.model_validate(_preset(RubricSection(preset=name))["rubric"])


def _preset(section: RubricSection) -> dict[str, Any]:
    if section.preset is None:
        return {}
    if section.preset not in PRESETS:
        hint = did_you_mean(section.preset, PRESETS)
        raise ConfigError(f"[rubric] preset {section.preset!r} unknown", hint)
    file = resources.files("schemas") / "presets" / PRESETS[section.preset]
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _rubric(section: RubricSection, preset: Mapping[str, Any]) -> Rubric:
    if section.metric and preset:
        raise ConfigError(
            "[rubric] has both a preset and metrics of its own", "leave out one of the two"
        )
    if preset:
        return Rubric.model_validate(preset["rubric"])
    if not section.metric:
        raise ConfigError("[rubric] has no metric", 'name a preset, e.g. preset = "five-metric"')
    try:
        return Rubric.model_validate(section.model_dump(exclude={"preset"}))
    except ValidationError as error:
        raise ConfigError(f"[rubric]: {error.errors()[0]['msg']}", "mend the metrics") from error


def _put(values: dict[str, Any], override: str) -> None:
    if not is_text(override):
        raise ConfigError(
            f"--set {override!a} has a character that no text has", "write it in UTF-8"
        )
    key, equals, text = override.partition("=")
    names = key.strip().split(".")
    if not equals or not all(names):
        raise ConfigError(f"--set {override!r} is no key=value", "e.g. --set split.test=0.1")
    for name in names[:-1]:
        values = values.setdefault(name, {})
        if not isinstance(values, dict):
            raise ConfigError(f"--set {override!r}: {name!r} is no section", "see curate.toml")
    if not text.strip():
        values.pop(names[-1], None)
    else:
        values[names[-1]] = _toml_value(text.strip())


def _toml_value(text: str) -> Any:
    """The value as TOML reads it; a bare word is a string."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except UNREADABLE:
        return text


def _validated(values: Mapping[str, Any], place: str) -> Config:
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise _config_error(error.errors()[0], place) from error


def _config_error(first: ErrorDetails, place: str) -> ConfigError:
    path = [str(part) for part in first["loc"]]
    where = f"{place}: {'.'.join(path)}"
    if first["type"] == "extra_forbidden":
        return ConfigError(f"{where}: unknown key", did_you_mean(path[-1], _keys(path[:-1])))
    return ConfigError(f"{where} = {shown(first['input'])}: {first['msg']}", "mend the value")


def _keys(path: Sequence[str]) -> list[str]:
    """The keys a section knows, found by walking the models along `path`."""
    model: type[BaseModel] = Config
    for name in path:
        if name.isdigit():
            continue
        annotation = model.model_fields[name].annotation
        inner = [annotation, *getattr(annotation, "__args__", ())]
        models = [kind for kind in inner if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if not models:
            return []
        model = models[0]
    return list(model.model_fields)
