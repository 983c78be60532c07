"""How able raters are beside how hard pairs of answers are, by GLAD."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from annotate.quality import glad
from annotate.quality.bootstrap import DIGITS
from annotate.quality.dawid_skene import LABELS
from curate.engines.base import Engine
from curate.quality.voting import Voted
from schemas.quality import HardPair, RaterKind

MOST_HARDEST = 100


@dataclass(frozen=True, slots=True)
class Hardness:
    """Abilities by rater number, of every rater of an item; the hardest pairs, hardest first."""

    ability: dict[int, float] = field(default_factory=dict)
    hardest: tuple[HardPair, ...] = ()


def hardness(engine: Engine, found: Voted, kind: RaterKind) -> Hardness:
    """Of the level whose `voted_items` and `patterns` the engine holds. Leaves `pattern_eases`."""
    read = glad.read(found.votes, found.raters)
    ability = read.ability.round(DIGITS).tolist()
    engine.put("pattern_eases", _eases(found, read))
    engine.values["most_hardest"] = MOST_HARDEST
    names = ("prompt_id", "one_id", "other_id", "for_one", "ties", "for_other", "difficulty")
    return Hardness(
        dict(zip(found.numbers.tolist(), ability, strict=True)),
        tuple(
            HardPair(kind=kind, **dict(zip(names, row, strict=True)))
            for row in engine.rows("quality/hardest")
        ),
    )


def _eases(found: Voted, read: glad.Glad) -> pa.Table:
    """A row a pattern: its difficulty and how many votes it has for each label."""
    votes, patterns = found.votes, len(found.votes.counts)
    place = votes.pattern * LABELS + votes.label
    labels = np.bincount(place, minlength=patterns * LABELS).reshape(patterns, LABELS)
    return pa.table(
        {
            "pattern_no": np.arange(1, patterns + 1),
            "difficulty": (1 / read.ease).round(DIGITS),
            "for_other": labels[:, 0],
            "ties": labels[:, 1],
            "for_one": labels[:, 2],
        }
    )
