"""The texts of what is to be sent: prompts and answers read side by side, a batch in memory."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from curate.engines.duckdb import DuckDBEngine
from schemas.candidate import Candidate, Prompt

FIRST_SLICE, SMALLEST, LARGEST = 100, 20, 2_500
SLICE_CHARACTERS = 16_000_000
"""Tasks whose texts are looked up at a time: more where their texts are short."""

PROMPT_ROWS, ANSWER_ROWS = 250, 1_000

Row = dict[str, Any]


class Wanted(NamedTuple):
    """A prompt, its answers, and how many people are to rate them.

    `scores` are sums of judges' scores: candidate_id, metric, units of a millionth, n_scores.
    """

    prompt: Prompt
    candidates: list[Candidate]
    raters: int
    is_gold: bool = False
    scores: tuple[Row, ...] = ()


def tasks(engine: DuckDBEngine) -> Iterator[Wanted]:
    """What is in `tasks` (with `judged` beside it), in its order."""
    first, count, size = 1, engine.count("tasks"), FIRST_SLICE
    while first <= count:
        engine.values |= {"first_place": first, "last_place": first + size - 1}
        characters = 0
        for found in _slice(engine):
            characters += sum(len(it.response) for it in found.candidates)
            yield found
        first += size
        size = min(max(SLICE_CHARACTERS * size // (characters + 1), SMALLEST), size * 10, LARGEST)


def _slice(engine: DuckDBEngine) -> Iterator[Wanted]:
    """Prompts and answers are both in order, so each prompt's answers are next or not there."""
    answers = groupby(_rows(engine, "label/task_answers", ANSWER_ROWS), itemgetter("place"))
    last = 0
    for row in _rows(engine, "label/task_prompts", PROMPT_ROWS):
        place = row.pop("place")
        if place != last:
            answered, found = next(answers)
            while answered < place:
                answered, found = next(answers)
            yield _wanted(row, found)
        last = place


def _wanted(row: Row, answers: Iterator[Row]) -> Wanted:
    raters, is_gold = row.pop("raters"), row.pop("is_gold")
    scores = tuple(row.pop("scores") or ())
    return Wanted(Prompt.model_validate(row), _candidates(answers), raters, is_gold, scores)


def _candidates(rows: Iterator[Row]) -> list[Candidate]:
    """Each answer once, whichever pulls have it."""
    found: dict[str, Candidate] = {}
    for row in rows:
        del row["place"]
        if row["candidate_id"] not in found:
            found[row["candidate_id"]] = Candidate.model_validate(row)
    return list(found.values())


def _rows(engine: DuckDBEngine, name: str, rows: int) -> Iterator[Row]:
    for batch in engine.batches(name, rows):
        yield from batch.to_pylist()
