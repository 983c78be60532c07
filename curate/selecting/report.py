"""What a selection amounts to: counts by task type, what was short, and what to be told of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curate.selecting.choosing import TypeChoice
from schemas.counted import counted
from schemas.select import DrawName


@dataclass(frozen=True, slots=True)
class SelectReport:
    """A selection of `wanted` prompts out of `prompts`; `path` is null where nothing was written.

    `clusters` are those that have a prompt, null for another draw. `without_embedding` counts
    prompts by why they have none; null where nobody asked for embeddings.
    """

    prompts: int
    wanted: int
    draw: DrawName
    types: Sequence[TypeChoice]
    ratio: Mapping[str, float] = field(default_factory=dict)
    embeddings: str | None = None
    dimensions: int | None = None
    clusters: int | None = None
    without_embedding: Mapping[str, int] | None = None
    path: Path | None = None

    @property
    def selected(self) -> int:
        """How many prompts were taken."""
        return sum(choice.taken for choice in self.types)

    def by_basis(self) -> dict[str, int]:
        """How many were taken by what."""
        found: dict[str, int] = {}
        for choice in self.types:
            for stratum in choice.picked:
                found[stratum.basis] = found.get(stratum.basis, 0) + len(stratum.places)
        return {basis: count for basis, count in sorted(found.items()) if count}

    def warnings(self) -> Iterator[str]:
        """What the numbers alone do not say."""
        for choice in self.types:
            if choice.taken < choice.wanted:
                yield (
                    f"{choice.task_type}: {choice.wanted:,} wanted, {choice.taken:,} there; "
                    "nothing was filled in for the rest"
                )
        unknown = next((it.there for it in self.types if it.task_type == "unknown"), 0)
        if unknown and {"long", "short"} & set(self.ratio):
            yield (
                counted(
                    unknown,
                    "prompt has neither a reference nor an answer, so nobody knows "
                    "whether it is long or short; it keeps its raw share",
                    "prompts have neither a reference nor an answer, so nobody knows "
                    "whether they are long or short; they keep their raw share",
                )
            )
        if self.without_embedding:
            reasons = ", ".join(f"{name} {n:,}" for name, n in self.without_embedding.items())
            total = sum(self.without_embedding.values())
            drawn = counted(
                total, "prompt without an embedding is", "prompts without an embedding are"
            )
            yield f"{drawn} drawn by chance: {reasons}"
        for choice in self.types:
            for stratum in choice.picked:
                if stratum.looked_at < stratum.there:
                    yield (
                        f"{choice.task_type}: farthest first among {stratum.looked_at:,} of "
                        f"{stratum.there:,} prompts, drawn by seed, which takes a minute"
                    )

    def payload(self) -> dict[str, Any]:
        """The keys of `curate select --json`."""
        return {
            "prompts": self.prompts,
            "wanted": self.wanted,
            "selected": self.selected,
            "draw": self.draw,
            "by_type": {
                choice.task_type: {
                    "there": choice.there,
                    "wanted": choice.wanted,
                    "taken": choice.taken,
                    "short": choice.wanted - choice.taken,
                }
                for choice in self.types
            },
            "by_basis": self.by_basis(),
            "embeddings": self.embeddings,
            "dimensions": self.dimensions,
            "clusters": self.clusters,
            "without_embedding": self.without_embedding,
            "path": str(self.path) if self.path else None,
            "warnings": list(self.warnings()),
        }
