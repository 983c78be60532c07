"""Rows as the `trl` export has them, with what is known here: worth, truth, and flipped labels."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.align.questions import KINDS, Case
from benchmarks.align.scenes import drawn, png


@dataclass(frozen=True, slots=True)
class Pair:
    """One preference on one picture."""

    kind: str
    question: str
    picture: bytes
    truth: str
    chosen: str
    rejected: str
    delta: float
    """What chosen is worth more than rejected by the picture; negative where the label is wrong."""
    told: float | None = None
    """The delta that training is told, where it is not that."""

    @property
    def flipped(self) -> "Pair":
        """The same with the wrong label."""
        return replace(self, chosen=self.rejected, rejected=self.chosen, delta=-self.delta)


def pairs(count: int, seed: str) -> list[Pair]:
    """Twins next to each other, kinds in turn. The same seed gives the same bytes."""
    rng = Random(seed)
    found: list[Pair] = []
    while len(found) < count:
        for kind, ask in KINDS.items():
            found += [_pair(kind, case, rng) for case in ask(rng)]
    return found[:count]


def flipped(rows: Sequence[Pair], share: float, seed: int) -> list[Pair]:
    """The rows with exactly that share of the labels wrong, drawn by seed."""
    wrong = set(Random(f"flipped {seed}").sample(range(len(rows)), round(share * len(rows))))
    return [row.flipped if place in wrong else row for place, row in enumerate(rows)]


def row(pair: Pair) -> dict[str, object]:
    """A row of the export."""
    digest = hashlib.sha256(pair.picture)
    prompt_id = hashlib.sha256(digest.digest() + pair.question.encode()).hexdigest()[:32]
    pair_id = hashlib.sha256(f"{prompt_id} {pair.chosen} {pair.rejected}".encode()).hexdigest()
    return {
        "images": [{"bytes": pair.picture, "path": f"images/{digest.hexdigest()}.png"}],
        "prompt": [{"role": "user", "content": pair.question}],
        "chosen": [{"role": "assistant", "content": pair.chosen}],
        "rejected": [{"role": "assistant", "content": pair.rejected}],
        "pair_id": pair_id[:32],
        "prompt_id": prompt_id,
        "component": prompt_id,
        "delta": pair.delta if pair.told is None else pair.told,
        "delta_source": "reward_model",
    }


def _pair(kind: str, case: Case, rng: Random) -> Pair:
    picture = png(drawn(case.scene, rng))
    return Pair(kind, case.question, picture, case.truth, case.chosen, case.rejected, case.delta)
