"""Every rater's record of a workspace, out of the engine's sums."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotate.quality import agreement as of
from annotate.quality.bootstrap import Floats, Statistic, number
from annotate.quality.habits import Copied, SameSheets, careless, copied, copiers
from curate.engines.base import Engine
from curate.quality.agreement import LEVELS
from curate.quality.believing import Belief, believe
from curate.quality.sums import NOTHING, VOTES, Sums, sums_of
from schemas.quality import Copies, Figure, HardPair, RaterQuality, Suspect


@dataclass(frozen=True, slots=True)
class Raters:
    """What `raters` finds."""

    raters: tuple[RaterQuality, ...]
    copies: tuple[Copies, ...]
    hardest: tuple[HardPair, ...]
    suspects: tuple[Suspect, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """What is counted without comparing raters; the columns of quality/people.sql."""

    number: int
    rater: str
    kind: Any
    level: int
    votes: int
    seconds: float | None
    conflicts: int
    contradictions: int
    accepted: int
    returned: int


def raters(engine: Engine) -> Raters:
    """Every rater who votes. Reads `pair_votes`, and `pair_sums` of the weighted sum."""
    engine.run("label/gold_prompts")
    people = [Person(*row) for row in engine.rows("quality/people")]
    names = {it.number: it.rater for it in people}
    beliefs = {level: believe(engine, level) for level in LEVELS}
    copies, copying = _copied(engine)
    sums = {name: sums_of(engine, name) for name in TABLES}
    lines = _straight(sums["straight"])
    found = [
        _rater(
            person,
            beliefs[person.level],
            sums,
            usual_straight=_usual(lines, person, people),
            copies=person.number in copying,
        )
        for person in people
    ]
    return Raters(
        tuple(found),
        tuple(_told(it, names) for it in copies),
        tuple(sorted((it for belief in beliefs.values() for it in belief.hardest), key=_hardness)),
        tuple(sorted((it for belief in beliefs.values() for it in belief.suspects), key=_doubt)),
    )


FEWEST_COMPARED = 20
TABLES = ("rater_votes", "rater_sums", "straight", "first_shown", "gold")


def _rater(
    person: Person,
    belief: Belief,
    sums: Mapping[str, Sums],
    *,
    usual_straight: float,
    copies: bool,
) -> RaterQuality:
    def figure(table: str, statistic: Statistic, columns: tuple[str, ...]) -> Figure:
        rows = sums[table].rows(rater_no=person.number)
        return sums[table].figure(statistic, rows, columns)

    record = belief.records.get(person.number)
    agreement = figure("rater_votes", of.pair_agreement, VOTES)
    straight = figure("straight", _second, ("n_sheets", "n_straight"))
    told = belief.reliability.get(person.number)
    return RaterQuality(
        rater=person.rater,
        kind=person.kind,
        votes=person.votes,
        agreement=agreement,
        reliability=told or NOTHING,
        ability=belief.ability.get(person.number),
        fidelity=belief.fidelity.get(person.number),
        why_not=belief.why_not(person.number),
        leniency=figure("rater_sums", of.mean, ("n", "above")),
        spread=_spread(sums["rater_sums"], person.number),
        seconds=None if person.seconds is None else number(person.seconds),
        straight=straight,
        first_shown=_of_many(
            figure("first_shown", of.pair_agreement, ("n_compared", "won_halves"))
        ),
        conflicts=person.conflicts,
        contradictions=person.contradictions,
        gold=figure("gold", of.pair_agreement, ("n_pairs", "right_halves")),
        accepted=person.accepted,
        returned=person.returned,
        careless=careless(
            skill=record.skill if record and told else None,
            agreement=agreement,
            straight=straight,
            usual_straight=usual_straight,
            copies=copies,
        ),
    )


def _of_many(found: Figure) -> Figure:
    """The figure, without a value where so few comparisons would say anything."""
    return found if found.n >= FEWEST_COMPARED else Figure(value=None, n=found.n)


def _spread(sums: Sums, rater: int) -> Figure:
    rows = sums.rows(rater_no=rater)
    found = sums.figure(of.deviation_ratio, rows, ("own", "theirs"))
    return found.model_copy(update={"n": round(float(sums.found["n"][rows].sum()))})


def _straight(sums: Sums) -> dict[int, tuple[float, float]]:
    """The sheets of each rater, and the straight ones of them."""
    found: dict[int, tuple[float, float]] = {}
    for (rater,) in sums.keys("rater_no"):
        rows = sums.rows(rater_no=rater)
        sheets, lines = (float(sums.found[it][rows].sum()) for it in ("n_sheets", "n_straight"))
        found[rater] = (sheets, lines)
    return found


def _usual(
    straight: Mapping[int, tuple[float, float]], person: Person, people: Sequence[Person]
) -> float:
    """The share of straight sheets among the others of the rater's kind."""
    others = [it.number for it in people if it.level == person.level and it != person]
    counts = [straight[it] for it in others if it in straight]
    sheets = sum(it for it, _ in counts)
    return sum(it for _, it in counts) / sheets if sheets else 0.0


def _copied(engine: Engine) -> tuple[list[Copied], set[int]]:
    """Two raters with the same sheets, and all who repeat others' earlier ones."""
    by_level: dict[int, list[SameSheets]] = defaultdict(list)
    for one, other, level, common, identical, other_later, one_later in engine.rows(
        "quality/same_sheets"
    ):
        by_level[level].append(SameSheets(one, other, common, identical, one_later, other_later))
    pairs = [it for found in by_level.values() for it in copied(found)]
    named = {rater for found in by_level.values() for rater in copiers(found)}
    return pairs, named.union(*(_copiers(it.sheets) for it in pairs))


def _copiers(sheets: SameSheets) -> set[int]:
    """The later of two raters; both where times do not tell."""
    return {sheets.later} if sheets.later else {sheets.one, sheets.other}


def _told(found: Copied, names: Mapping[int, str]) -> Copies:
    sheets = found.sheets
    return Copies(
        one=names[sheets.one],
        other=names[sheets.other],
        identical=sheets.identical,
        common=sheets.common,
        expected=round(found.expected, 6),
        p_value=found.p_value,
        later=names[sheets.later] if sheets.later else None,
    )


def _second(totals: Floats) -> Floats:
    """The second of two sums as a share of the first."""
    return of.share(totals[:, ::-1])


def _doubt(suspect: Suspect) -> tuple[float, str, str, str]:
    return (-suspect.wrong, suspect.one_id, suspect.other_id, suspect.rater)


def _hardness(pair: HardPair) -> tuple[float, str, str]:
    return (-pair.difficulty, pair.one_id, pair.other_id)
