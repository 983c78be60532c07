"""What a user asks a model's answers of, and what came of it."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from align.generate import Decoding


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asked for. `request` goes behind each prompt's last text (SteerLM)."""

    model: str
    source: str
    out: Path
    decoding: Decoding
    split: str | None = None
    limit: int | None = None
    media_root: Path | None = None
    count: int = 1
    batch_size: int = 8
    frames: int = 8
    request: str = ""
    name: str | None = None


@dataclass(slots=True)
class GenerationReport:
    """What came of it: `left_out` are prompts that could not be asked, by reason."""

    out: Path
    model: str
    checkpoint: str
    prompts: int
    already: int
    written: int = 0
    truncated: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    prompt_ids: tuple[str, ...] = ()

    def payload(self) -> dict[str, Any]:
        """The report as JSON types."""
        return {
            "out": str(self.out),
            "model": self.model,
            "checkpoint": self.checkpoint,
            "prompts": self.prompts,
            "already": self.already,
            "written": self.written,
            "truncated": self.truncated,
            "left_out": dict(sorted(self.left_out.items())),
        }
