"""The settings that matter to a build as a curate.toml, and what of two of them differs."""

import json
import re
from collections.abc import Mapping
from typing import Any

from curate.inputs import build_settings
from curate.settings import Settings, parse
from curate.template import config_text
from schemas.base import content_id
from schemas.errors import ConfigError
from schemas.rubric import PRESETS

SECTIONS = ("dedupe", "filter", "score", "limits", "split")
OVERLAP = ("overlap_share", "overlap_min", "seed")
BARE = re.compile(r"[A-Za-z0-9_-]+")
OF_THE_HUB = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+@[\w.-]+", re.ASCII)
"""OWNER/NAME@REVISION: a tokenizer that is the same one everywhere."""
SIGNATURES = "signatures"
HEAD = """\
# The settings a build of this workspace depends on, as they were pushed. Who rates what, the judge
# and the labelling page are not among them: curate init DIR writes a file that shows them all.
"""


def signature_name(benchmark: str) -> str:
    """The file of a benchmark's signatures, whatever characters its name has."""
    plain = re.sub(r"[^a-z0-9]+", "-", benchmark.lower()).strip("-")[:40].strip("-")
    return f"{plain or 'benchmark'}-{content_id(benchmark)[:8]}.parquet"


def config_of(settings: Settings, built: Mapping[str, Any] | None = None) -> str:
    """A curate.toml with the rubric in full and the settings of a build; no other setting.

    `built` are those of a build, where `--set` may have given others than the settings now.
    """
    values: Mapping[str, Any] = build_settings(settings) if built is None else built
    tables: dict[str, Any] = {
        "rubric": settings.rubric.model_dump(mode="json"),
        "route": {name: getattr(settings.config.route, name) for name in OVERLAP},
        **{name: _without_nulls(values[name]) for name in (*SECTIONS, "pairs")},
        "decontaminate": [
            {"name": one["name"], "path": f"{SIGNATURES}/{signature_name(one['name'])}"}
            for one in values["decontaminate"]
        ],
    }
    return HEAD + "".join(_section(name, value) for name, value in tables.items())


def travels(tokenizer: str | None) -> bool:
    """Whether a build by this `[pairs] tokenizer` can be made anywhere: the Hub's, or none."""
    return tokenizer is None or OF_THE_HUB.fullmatch(tokenizer) is not None


def only_settings(text: str, place: str) -> Settings:
    """The settings of a bundle's curate.toml and none beside them: it comes from a stranger.

    Raises ConfigError where it does not hold, or names a tokenizer that is not the Hub's.
    """
    settings = parse(config_of(parse(text, place)), place)
    if not travels(settings.pairs.tokenizer):
        raise ConfigError(
            f"{place}: [pairs] tokenizer is no OWNER/NAME@REVISION of the Hub",
            "ask its publisher to push it anew",
        )
    return settings


def is_untouched(text: str) -> bool:
    """Whether a curate.toml is as `curate init` writes it."""
    return text in {config_text(preset) for preset in PRESETS}


def differing(ours: Settings, theirs: Settings) -> list[str]:
    """The settings of a build that are not the same in both, by name."""
    here, there = build_settings(ours), build_settings(theirs)
    named = {name: name for name in here}
    named |= {"rubric_id": "rubric", "weights": "score.weights"}
    return sorted({named[name] for name in here if here[name] != there[name]})


def _without_nulls(value: Any) -> Any:
    """The value without its nulls, which TOML has no word for and which are the defaults."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(one) for key, one in value.items() if one is not None}
    return [_without_nulls(one) for one in value] if isinstance(value, list | tuple) else value


def _section(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(f"\n[[{name}]]\n{_lines(one)}" for one in value)
    inner = value.pop("metric", []) if name == "rubric" else []
    more = "".join(f"\n[[{name}.metric]]\n{_lines(one)}" for one in inner)
    return f"\n[{name}]\n{_lines(value)}{more}"


def _lines(values: Mapping[str, Any]) -> str:
    return "".join(f"{_key(name)} = {_toml(value)}\n" for name, value in values.items())


def _toml(value: Any) -> str:
    """The value as TOML writes it on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _toml(name)
