"""How answers are drawn: the settings of a run, and what of them one call sends."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sampling:
    """The settings of a run: `n` answers a prompt and model, each from a seed of its own.

    `system` goes to prompts without a system turn of their own. Pictures have no side longer than
    `max_side` pixels, of a video at most `frames` are sent.
    """

    n: int = 4
    seed: int = 0
    temperature: float = 1.0
    top_p: float | None = None
    max_tokens: int = 1024
    system: str | None = None
    max_side: int = 2048
    frames: int = 8

    def sent(self, seed: int, *, with_system: bool) -> dict[str, Any]:
        """The settings that one call sends, by their names in the protocol."""
        settings = {
            "temperature": float(self.temperature),
            "top_p": None if self.top_p is None else float(self.top_p),
            "max_tokens": self.max_tokens,
            "seed": seed,
            "system": self.system if with_system else None,
        }
        return {name: value for name, value in settings.items() if value is not None}
