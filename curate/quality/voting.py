"""A level's votes on pairs of answers that three raters or more voted on, as models take them."""

from dataclasses import dataclass

import numpy as np

from annotate.quality.dawid_skene import Numbers, Patterns
from annotate.quality.reliability import RATERS_AN_ITEM
from curate.engines.base import Engine
from curate.quality.reading import columns


@dataclass(frozen=True, slots=True)
class Voted:
    """`votes` with raters and patterns as places; pattern 1 of the engine is at place 0.

    `numbers` are the raters' numbers by place.
    """

    votes: Patterns
    numbers: Numbers

    @property
    def raters(self) -> int:
        """How many raters there are."""
        return len(self.numbers)


def voted(engine: Engine, level: int) -> Voted | None:
    """None without items of three raters. Leaves `voted_items` and `patterns`."""
    engine.values |= {"level_no": level, "raters_an_item": RATERS_AN_ITEM}
    engine.run("quality/voted_items")
    engine.run("quality/patterns")
    found = columns(engine, "quality/pattern_votes")
    if not len(found["label"]):
        return None
    numbers, place = np.unique(found["rater_no"], return_inverse=True)
    pattern = found["pattern_no"] - 1
    counts = np.zeros(pattern.max() + 1)
    counts[pattern] = found["n_items"]
    return Voted(Patterns(pattern, place, found["label"], counts), numbers)
