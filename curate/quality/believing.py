"""Who is believed, by the votes of three raters or more: reliability, ability, suspect votes."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from annotate.quality import dawid_skene, reliability
from annotate.quality.agreement import share
from annotate.quality.reliability import Record
from curate.engines.base import Engine
from curate.quality.agreement import LEVELS
from curate.quality.hardness import hardness
from curate.quality.reading import columns
from curate.quality.sums import sums_of
from curate.quality.voting import Voted, voted
from schemas.quality import Figure, HardPair, Suspect

MOST_SUSPECTS = 100
MOST_PROMPTS = 2_000
"""That fidelity is read from: its model holds every answer, and so many tell enough."""


@dataclass(frozen=True, slots=True)
class Belief:
    """By rater number. `records` has every rater of an item, all others those with enough."""

    records: dict[int, Record] = field(default_factory=dict)
    reliability: dict[int, Figure] = field(default_factory=dict)
    ability: dict[int, float] = field(default_factory=dict)
    fidelity: dict[int, float] = field(default_factory=dict)
    hardest: tuple[HardPair, ...] = ()
    suspects: tuple[Suspect, ...] = ()

    def why_not(self, rater_no: int) -> str | None:
        """Why a rater has no reliability, null for one who has."""
        found = self.records.get(rater_no)
        return reliability.why_not(found.votes if found else 0)


def records(engine: Engine, level: int) -> dict[int, Record]:
    """The record of every rater of a level by number, by Dawid and Skene's model.

    Leaves `voted_items`, `patterns` and `pattern_rights` for what asks about single votes.
    """
    found = voted(engine, level)
    return _records(engine, found) if found else {}


def believe(engine: Engine, level: int) -> Belief:
    """All that is known of the raters of a level; empty without items of three raters."""
    found = voted(engine, level)
    if not found:
        return Belief()
    known = _records(engine, found)
    enough = {number for number, it in known.items() if reliability.why_not(it.votes) is None}
    if not enough:
        return Belief(known)
    engine.values["most_suspects"] = MOST_SUSPECTS
    sums = sums_of(engine, "right_sums")
    hard = hardness(engine, found, LEVELS[level])
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
        ability={number: it for number, it in hard.ability.items() if number in enough},
        fidelity={number: it for number, it in _fidelity(engine).items() if number in enough},
        hardest=hard.hardest,
        suspects=_suspects(engine),
    )


def _records(engine: Engine, found: Voted) -> dict[int, Record]:
    votes = found.votes
    reading = dawid_skene.read(votes, found.raters)
    named = {
        "pattern_no": votes.pattern + 1,
        "rater_no": found.numbers[votes.rater],
        "label": votes.label,
        "right_share": dawid_skene.right(votes, reading),
    }
    engine.put("pattern_rights", pa.table(named))
    known = reliability.records(votes, reading, found.raters)
    return dict(zip(found.numbers.tolist(), known, strict=True))


def _fidelity(engine: Engine) -> dict[int, float]:
    from annotate.quality.bradley_terry import fidelity

    engine.values["most_prompts"] = MOST_PROMPTS
    found = columns(engine, "quality/fidelity_votes")
    ends = np.concatenate([found["one_no"], found["other_no"]])
    _, place = np.unique(ends, return_inverse=True)
    one, other = np.split(place, 2)
    raters, rater = np.unique(found["rater_no"], return_inverse=True)
    etas = fidelity(one, other, rater, found["vote"], len(raters))
    return {int(number): round(float(eta), 6) for number, eta in zip(raters, etas, strict=True)}


def _suspects(engine: Engine) -> tuple[Suspect, ...]:
    names = ("rater", "prompt_id", "one_id", "other_id", "vote")
    return tuple(
        Suspect(**dict(zip(names, row, strict=False)), wrong=round(row[-1], 6))
        for row in engine.rows("quality/suspects")
    )
