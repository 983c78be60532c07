"""Raters by provider. To add one: its file in annotate/raters, and its line in RATERS."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from annotate.base import Rater
from schemas.errors import ConfigError, did_you_mean

Factory = Callable[..., Rater]
"""Takes `model`, then by name `base_url`, `key` and the settings of this provider."""


def rater(
    provider: str, model: str, *, base_url: str | None = None, key: str | None = None, **more: Any
) -> Rater:
    """The rater of a provider. `more` are its own settings, such as `thinking_level` for Gemini."""
    if provider not in RATERS:
        raise ConfigError(f"provider {provider!r} unknown", did_you_mean(provider, RATERS))
    return RATERS[provider](model, base_url=base_url, key=key, **more)


def _rater(module: str, name: str) -> Factory:
    """The class `name` of annotate/raters/<module>.py, imported when one is made."""

    def made(model: str, **given: Any) -> Rater:
        loaded: Rater = getattr(import_module(f"annotate.raters.{module}"), name)(model, **given)
        return loaded

    return made


def _replay(model: str, *, base_url: str | None, key: str | None) -> Rater:  # noqa: ARG001 - no server
    """Recorded judgements have a file where others have a server: `base_url` is its path."""
    from annotate.raters.replay import Replay

    if base_url is None:
        fix = "set base_url to the file of recorded judgements"
        raise ConfigError("provider 'replay' has no file", fix)
    return Replay(model, Path(base_url))


RATERS: dict[str, Factory] = {
    "gemini": _rater("gemini", "Gemini"),
    "openai": _rater("openai", "OpenAICompatible"),
    "replay": _replay,
}
