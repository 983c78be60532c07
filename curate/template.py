"""The commented curate.toml of a new workspace, with the settings it was asked for."""

import json
import tomllib
from collections.abc import Sequence
from importlib import resources

from curate.settings import parse
from schemas.errors import ConfigError


def config_text(preset: str, overrides: Sequence[str] = ()) -> str:
    """The text of a new curate.toml; each `key=value` stands as a line below its section's head."""
    lines = _template(preset).splitlines()
    for override in overrides:
        section, line = _setting(override)
        heads = [at for at, text in enumerate(lines) if text.startswith(f"[{section}]")]
        if not heads:
            lines += ["", f"[{section}]"]
            heads = [len(lines) - 1]
        lines.insert(heads[0] + 1, line)
    return "\n".join(lines) + "\n"


def _template(preset: str) -> str:
    """The template with the preset's name and the settings that come with it."""
    text = (resources.files("curate") / "template.toml").read_text(encoding="utf-8")
    pairs = parse(f'[rubric]\npreset = "{preset}"\n', "the preset").pairs
    values = {"preset": preset, "policy": pairs.policy, "min_margin": f"{pairs.min_margin:g}"}
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _setting(override: str) -> tuple[str, str]:
    """(section, TOML line) of `section.key=value`. Raises ConfigError."""
    path, equals, text = override.partition("=")
    section, dot, key = path.strip().partition(".")
    if not (equals and dot and section and key):
        raise ConfigError(f"--set {override!r} is no section.key=value", "e.g. split.test=0.1")
    return section, f"{key} = {_literal(text.strip())}"


def _literal(text: str) -> str:
    """The value as TOML writes it; a bare word becomes a string."""
    try:
        tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return json.dumps(text)
    return text
