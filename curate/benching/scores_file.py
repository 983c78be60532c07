"""A file of scores by a model: two a row for a pair, or one for an answer.

What is wrong with a row stops the reading with file and line: a wrong score would be a wrong
number on a page, and nobody would see it there.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curate.benching.benchmark import opened
from curate.sources.record import Row, SourceDrop
from curate.sources.shaping import BadRowError, as_name, shown
from schemas.counted import counted
from schemas.errors import SourceError

TWO = (
    ("chosen_score", "rejected_score"),
    ("chosen_reward", "rejected_reward"),
    ("score_chosen", "score_rejected"),
    ("reward_chosen", "reward_rejected"),
)
"""Columns of a pair's two scores. `rewards` lists both, as MM-RLHF's evaluation writes them."""

ONE = ("score", "reward")
ANSWERS = ("candidate_id", "response_sha256", "response")
FIX = "mend or leave out that row"
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """One row. `scores` are the chosen answer's and the other's, or one answer's; null is missing.

    `source_id`, `pair_id` and `prompt_id` are what the row says it is about, `texts` the digests of
    both answers, `answer` a candidate_id or the digest of the one answer.
    """

    place: str
    scores: tuple[float | None, ...]
    source_id: str | None = None
    pair_id: str | None = None
    prompt_id: str | None = None
    texts: tuple[str, str] | None = None
    answer: str | None = None


def read_scores(location: str) -> list[Scored]:
    """Every row of the file. Raises SourceError for one that holds no scores, with its place."""
    source = opened(location)
    found = []
    for file in source.files:
        for row in source.rows(file):
            place = f"{location if file in location else file}, line {row.line}"
            if isinstance(row, SourceDrop):
                raise SourceError(f"{place}: {row.detail}", FIX)
            try:
                found.append(_scored(row, place))
            except BadRowError as error:
                raise SourceError(f"{place}: {error.detail}", FIX) from error
    if not found:
        raise SourceError(f"{location}: no scores in it", "name a file that has some")
    if len({len(one.scores) for one in found}) > 1:
        raise SourceError(
            f"{location}: rows with one score and rows with two", "write all rows alike"
        )
    return found


def digest_of(text: str) -> str:
    """The sha256 of an answer's text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _scored(row: Row, place: str) -> Scored:
    values = row.values
    source_id, pair_id, prompt_id = (
        as_name(values.get(name), name) for name in ("id", "pair_id", "prompt_id")
    )
    if (two := _two(values)) is not None:
        return Scored(place, two, source_id, pair_id, prompt_id, _texts(values))
    name = next((name for name in ONE if name in values), None)
    answer = _answer(values)
    if name is None or answer is None:
        raise BadRowError(
            "no scores: a pair has chosen_score and rejected_score (or rewards, a list of both), "
            f"an answer score beside one of {', '.join(ANSWERS)}"
        )
    one = (_number(values[name], name),)
    return Scored(place, one, source_id, pair_id, prompt_id, answer=answer)


def _two(values: Values) -> tuple[float | None, float | None] | None:
    rewards = values.get("rewards")
    if isinstance(rewards, (list, tuple)):
        if len(rewards) != 2:
            raise BadRowError(
                f"rewards has {counted(len(rewards), 'number')}, not the two of a pair"
            )
        return _number(rewards[0], "rewards[0]"), _number(rewards[1], "rewards[1]")
    sides = [two for two in TWO if all(name in values for name in two)]
    if not sides and not any(isinstance(values.get(side), str) for side in ("chosen", "rejected")):
        sides = [two for two in (("chosen", "rejected"),) if all(name in values for name in two)]
    if not sides:
        return None
    chosen, rejected = sides[0]
    return _number(values[chosen], chosen), _number(values[rejected], rejected)


def _number(value: Any, place: str) -> float | None:
    """A finite number, written as one or as text; null where there is none."""
    if value is None or value == "":
        return None
    try:
        number = float(value) if isinstance(value, (int, float, str)) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise BadRowError(f"{place} is {shown(value)}, not a finite number")
    return number


def _texts(values: Values) -> tuple[str, str] | None:
    sides = [values.get(side) for side in ("chosen", "rejected")]
    if not all(isinstance(side, str) for side in sides):
        return None
    return digest_of(str(sides[0])), digest_of(str(sides[1]))


def _answer(values: Values) -> str | None:
    name = next((name for name in ANSWERS if isinstance(values.get(name), str)), None)
    if name is None:
        return None
    return digest_of(values[name]) if name == "response" else str(values[name])


def places(rows: Sequence[Scored]) -> str:
    """Where rows stand, for a message."""
    return " and ".join(row.place for row in rows[:2])
