"""Which row of a scores file is about which pair, by what both say of themselves.

By ids or texts where the file has them, so that a file in another order is no wrong number; by the
order of rows only where nothing else is there, and then the two must be equally long.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotate.quality.accuracy import RIGHT, TIE, UNSCORED, WRONG
from curate.benching.benchmark import Benchmark, BenchPair
from curate.benching.scores_file import Scored, digest_of, places
from curate.ingest.answers import lost_candidate_id
from schemas.counted import counted
from schemas.errors import SourceError

Key = tuple[object, ...]
Keys = Callable[[BenchPair], Key]


@dataclass(frozen=True, slots=True)
class Matched:
    """Who wins each pair by its scores; `by` says what they were found by.

    `strangers` counts rows about none of the pairs.
    """

    outcomes: list[int]
    by: str
    strangers: int


def matched(benchmark: Benchmark, rows: Sequence[Scored]) -> Matched:
    """The outcomes. Raises SourceError where rows cannot be told apart or none is about a pair."""
    if len(rows[0].scores) == 1:
        return _by_answer(benchmark, rows)
    ids = [pair.source_id for pair in benchmark.pairs]
    ids_name_rows = None not in ids and len(set(ids)) == len(ids)
    if all(row.pair_id for row in rows):
        return _keyed(
            benchmark,
            rows,
            "pair_id",
            lambda pair: (pair.pair_id or (pair.source_id if ids_name_rows else None),),
            lambda row: (row.pair_id,),
        )
    if all(row.texts for row in rows):
        with_id = all(row.source_id for row in rows) and all(ids)
        return _keyed(
            benchmark,
            rows,
            "id and texts" if with_id else "texts",
            lambda pair: (pair.source_id if with_id else None, *_texts(pair)),
            lambda row: (row.source_id if with_id else None, *(row.texts or ())),
        )
    if all(row.source_id for row in rows) and ids_name_rows:
        return _keyed(
            benchmark,
            rows,
            "id",
            lambda pair: (pair.source_id,),
            lambda row: (row.source_id,),
        )
    return _in_order(benchmark, rows)


def _keyed(
    benchmark: Benchmark,
    rows: Sequence[Scored],
    by: str,
    key_of_pair: Keys,
    key_of_row: Callable[[Scored], Key],
) -> Matched:
    """A preference that the benchmark repeats may be scored once for all, or once each."""
    waiting: dict[Key, list[int]] = defaultdict(list)
    for number, pair in enumerate(benchmark.pairs):
        waiting[key_of_pair(pair)].append(number)
    given: dict[Key, list[Scored]] = defaultdict(list)
    for row in rows:
        given[key_of_row(row)].append(row)
    outcomes = [UNSCORED] * len(benchmark.pairs)
    for key, found in given.items():
        numbers = waiting.get(key, [])
        if len(found) > max(1, len(numbers)):
            raise SourceError(f"{places(found)} score the same pair", "leave one of them")
        if len(found) < len(numbers) and len({benchmark.pairs[it].prompt for it in numbers}) > 1:
            raise SourceError(
                f"{found[0].place} is by its {by} about {len(numbers):,} pairs of several prompts",
                "give each row its id and both texts",
            )
        for at, number in enumerate(numbers):
            outcomes[number] = _winner(*found[min(at, len(found) - 1)].scores)
    return _checked(
        outcomes, by, sum(len(it) for key, it in given.items() if key not in waiting), rows
    )


def _in_order(benchmark: Benchmark, rows: Sequence[Scored]) -> Matched:
    if len(rows) != len(benchmark.pairs):
        raise SourceError(
            f"{counted(len(rows), 'scored row')} for {counted(len(benchmark.pairs), 'pair')}, and "
            "nothing in them says which pair each is about",
            "give each row its pair_id, or its id with the texts chosen and rejected",
        )
    for row, pair in zip(rows, benchmark.pairs, strict=True):
        if row.source_id is not None and row.source_id != pair.source_id:
            raise SourceError(
                f"{row.place}: id {row.source_id[:80]!r} where the benchmark has "
                f"{str(pair.source_id)[:80]!r} ({pair.place})",
                "keep the benchmark's order, or add the texts chosen and rejected",
            )
    return Matched([_winner(*row.scores) for row in rows], "order", 0)


def _by_answer(benchmark: Benchmark, rows: Sequence[Scored]) -> Matched:
    """Scores of single answers, each of a prompt by its id; without ids, of any prompt."""
    by_prompt = all(row.source_id or row.prompt_id for row in rows)
    scores: dict[Key, Scored] = {}
    for row in rows:
        key = (row.prompt_id or row.source_id if by_prompt else None, row.answer)
        if key in scores:
            raise SourceError(
                f"{places([scores[key], row])} score the same answer", "leave one of them"
            )
        scores[key] = row
    used: set[Key] = set()

    def score_of(pair: BenchPair, text: str) -> float | None:
        prompt_key = benchmark.prompt_keys[pair.prompt]
        names = (prompt_key, pair.source_id) if by_prompt else (None,)
        answers = (digest_of(text), lost_candidate_id(prompt_key, text))
        for key in ((name, answer) for name in names for answer in answers):
            if key in scores:
                used.add(key)
                return scores[key].scores[0]
        return None

    outcomes = [
        _winner(score_of(pair, pair.chosen), score_of(pair, pair.rejected))
        for pair in benchmark.pairs
    ]
    return _checked(outcomes, "answer", len(scores.keys() - used), rows)


def _checked(outcomes: list[int], by: str, strangers: int, rows: Sequence[Scored]) -> Matched:
    if strangers == len(rows):
        raise SourceError(
            f"none of {len(rows):,} scored rows is about a pair of the benchmark (by {by}), "
            f"the first at {rows[0].place}",
            "score this benchmark's own rows",
        )
    return Matched(outcomes, by, strangers)


def _winner(chosen: float | None, rejected: float | None) -> int:
    if chosen is None or rejected is None:
        return UNSCORED
    if chosen == rejected:
        return TIE
    return RIGHT if chosen > rejected else WRONG


def _texts(pair: BenchPair) -> tuple[str, str]:
    return digest_of(pair.chosen), digest_of(pair.rejected)
