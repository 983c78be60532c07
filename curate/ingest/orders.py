"""One rater's order of a record's answers: from indexes into the responses to candidate ids."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from curate.ingest.answers import Answers
from curate.ingest.ratings import RaterKey
from curate.ingest.text import RecordFaultError, optional_text
from curate.sources.record import SourceRanking
from curate.sources.shaping import shown
from schemas.errors import did_you_mean
from schemas.event import Verdict

VERDICTS = get_args(Verdict)
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Order:
    """A ranking that can be used: tiers of candidate ids, best first."""

    rater: RaterKey
    tiers: tuple[tuple[str, ...], ...] | None
    verdict: Verdict | None
    confirmed: bool
    rationale: str | None


def order_of(ranking: SourceRanking, answers: Answers) -> Order:
    """The ranking on the candidates that are there. Raises RecordFaultError.

    An answer that was dropped leaves its tier and the others keep their order; with fewer than two
    answers left nothing is compared, and the ranking goes for the reason the answer went for.
    """
    try:
        return Order(
            rater=RaterKey.of(ranking.kind, ranking.rater, ranking.version),
            tiers=_tiers(ranking, answers),
            verdict=_verdict(ranking.verdict),
            confirmed=bool(ranking.confirmed),
            rationale=optional_text(ranking.rationale, "the ranking's reason"),
        )
    except RecordFaultError as fault:
        detail = f"rater {shown(ranking.rater)}, ranking: {fault.detail}"
        raise RecordFaultError(fault.reason, detail) from fault


def _tiers(ranking: SourceRanking, answers: Answers) -> tuple[tuple[str, ...], ...] | None:
    indexes = list(_indexes(ranking.tiers, len(answers.ids)))
    if not indexes and ranking.verdict not in (None, "ranked"):
        return None
    if not indexes:
        raise RecordFaultError("bad_type", "tiers is empty")
    tiers = _by_id(indexes, answers)
    if sum(map(len, tiers)) < FEWEST:
        raise _too_few([index for tier in indexes for index in tier], answers)
    return tiers


def _indexes(tiers: Any, count: int) -> Iterator[list[int]]:
    """The tiers, each answer named once and there."""
    if not isinstance(tiers, Sequence) or isinstance(tiers, (str, bytes)):
        raise RecordFaultError("bad_type", f"tiers is {shown(tiers)}, not a list of lists")
    seen: set[int] = set()
    for tier in tiers:
        if not isinstance(tier, Sequence) or isinstance(tier, (str, bytes)):
            raise RecordFaultError("bad_type", f"a tier is {shown(tier)}, not a list")
        for index in tier:
            if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < count:
                raise RecordFaultError(
                    "bad_type", f"tiers names answer {shown(index)} of {count} answers"
                )
            if index in seen:
                raise RecordFaultError("bad_type", f"tiers names answer {index} twice")
            seen.add(index)
        yield list(tier)


def _by_id(tiers: Sequence[Sequence[int]], answers: Answers) -> tuple[tuple[str, ...], ...]:
    places: dict[str, int] = {}
    for place, tier in enumerate(tiers):
        for index in tier:
            candidate_id = answers.ids[index]
            if candidate_id is None:
                continue
            if places.setdefault(candidate_id, place) != place:
                raise RecordFaultError(
                    "contradiction", f"answer {index} has the text of one in another tier"
                )
    found = (
        tuple(sorted(one for one, at in places.items() if at == place))
        for place in range(len(tiers))
    )
    return tuple(tier for tier in found if tier)


def _too_few(indexes: Sequence[int], answers: Answers) -> RecordFaultError:
    lost = [answers.faults[index] for index in indexes if index in answers.faults]
    reason = lost[0].reason if lost else "bad_type"
    return RecordFaultError(reason, "fewer than two different answers are left to compare")


def _verdict(value: Any) -> Verdict | None:
    if value is not None and value not in VERDICTS:
        hint = did_you_mean(str(value), VERDICTS)
        raise RecordFaultError("bad_type", f"verdict {shown(value)} unknown; {hint}")
    verdict: Verdict | None = value
    return verdict
