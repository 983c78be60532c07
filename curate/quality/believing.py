"""Who is believed, by the votes of three raters or more: reliability, fidelity, suspect votes."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from annotate.quality import dawid_skene, reliability
from annotate.quality.agreement import share
from annotate.quality.reliability import RATERS_AN_ITEM, Record
from curate.engines.duckdb import DuckDBEngine
from curate.quality.reading import columns
from curate.quality.sums import sums_of
from schemas.quality import Figure, Suspect

MOST_SUSPECTS = 100
MOST_PROMPTS = 2_000
"""That fidelity is read from: its model holds every answer, and so many tell enough."""


@dataclass(frozen=True, slots=True)
class Belief:
    """By rater number. `records` has every rater of an item, `reliability` those with enough."""

    records: dict[int, Record] = field(default_factory=dict)
    reliability: dict[int, Figure] = field(default_factory=dict)
    fidelity: dict[int, float] = field(default_factory=dict)
    suspects: tuple[Suspect, ...] = ()

    def why_not(self, rater_no: int) -> str | None:
        """Why a rater has no reliability, null for one who has."""
        found = self.records.get(rater_no)
        return reliability.why_not(found.votes if found else 0)


def records(engine: DuckDBEngine, level: int) -> dict[int, Record]:
    """The record of every rater of a level by number, by Dawid and Skene's model.

    Leaves `voted_items`, `patterns` and `pattern_rights` for what asks about single votes.
    """
    engine.values |= {"level_no": level, "raters_an_item": RATERS_AN_ITEM}
    engine.run("quality/voted_items")
    engine.run("quality/patterns")
    found = columns(engine, "quality/pattern_votes")
    if not len(found["label"]):
        return {}
    raters, place = np.unique(found["rater_no"], return_inverse=True)
    pattern = found["pattern_no"] - 1
    counts = np.zeros(pattern.max() + 1)
    counts[pattern] = found["n_items"]
    votes = dawid_skene.Patterns(pattern, place, found["label"], counts)
    reading = dawid_skene.read(votes, len(raters))
    right = dawid_skene.right(votes, reading)
    named = {name: found[name] for name in ("pattern_no", "rater_no", "label")}
    engine.put("pattern_rights", pa.table({**named, "right_share": right}))
    known = reliability.records(votes, reading, len(raters))
    return dict(zip(raters.tolist(), known, strict=True))


def believe(engine: DuckDBEngine, level: int) -> Belief:
    """All that is known of the raters of a level; empty without items of three raters."""
    known = records(engine, level)
    if not known:
        return Belief()
    engine.values["most_suspects"] = MOST_SUSPECTS
    enough = {number for number, it in known.items() if reliability.why_not(it.votes) is None}
    sums = sums_of(engine, "right_sums")
    return Belief(
        records=known,
        reliability={
            number: sums.figure(
                lambda totals: share(totals[:, ::-1]),
                sums.rows(rater_no=number),
                ("n", "right_votes"),
            )
            for number in sorted(enough)
        },
        fidelity={number: it for number, it in _fidelity(engine).items() if number in enough},
        suspects=_suspects(engine) if enough else (),
    )


def _fidelity(engine: DuckDBEngine) -> dict[int, float]:
    from annotate.quality.bradley_terry import fidelity

    engine.values["most_prompts"] = MOST_PROMPTS
    found = columns(engine, "quality/fidelity_votes")
    ends = np.concatenate([found["one_no"], found["other_no"]])
    _, place = np.unique(ends, return_inverse=True)
    one, other = np.split(place, 2)
    raters, rater = np.unique(found["rater_no"], return_inverse=True)
    etas = fidelity(one, other, rater, found["vote"], len(raters))
    return {int(number): round(float(eta), 6) for number, eta in zip(raters, etas, strict=True)}


def _suspects(engine: DuckDBEngine) -> tuple[Suspect, ...]:
    names = ("rater", "prompt_id", "one_id", "other_id", "vote")
    return tuple(
        Suspect(**dict(zip(names, row, strict=False)), wrong=round(row[-1], 6))
        for row in engine.rows("quality/suspects")
    )
