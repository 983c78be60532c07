"""Judges that look at no picture and read no word: what a real one has to beat."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.quality.accuracy import RIGHT, TIE, WRONG
from curate.benching.benchmark import Benchmark, BenchPair
from curate.benching.faults import contradicted_prompts
from schemas.errors import UsageError

LONGER, FIRST, COIN = "longer", "first", "coin"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a baseline reaches on average."""

    acc: float
    acc_plus: float


def outcomes_of(name: str, benchmark: Benchmark, seed: int) -> list[int]:
    """Who wins each pair by one of the baselines. Raises UsageError where `first` is unknown."""
    if name == COIN:
        return [_coin(pair, benchmark.prompt_keys[pair.prompt], seed) for pair in benchmark.pairs]
    found = longer(benchmark) if name == LONGER else first(benchmark)
    if found is None:
        raise UsageError(
            f"{benchmark.name} does not say in which order answers were shown",
            "take longer or coin",
        )
    return found


def longer(benchmark: Benchmark) -> list[int]:
    """The answer of more characters wins, of equally many none."""
    return [_sign(len(pair.chosen) - len(pair.rejected)) for pair in benchmark.pairs]


def first(benchmark: Benchmark) -> list[int] | None:
    """The answer that stands first in the file wins; null where a pair has no such order."""
    known = [pair.chosen_first for pair in benchmark.pairs if pair.chosen_first is not None]
    if len(known) < len(benchmark.pairs):
        return None
    return [RIGHT if is_first else WRONG for is_first in known]


def expected_of_coin(pairs: Sequence[BenchPair]) -> Expected:
    """What a coin for every two answers reaches on average, exactly.

    A prompt of n different comparisons is won whole once in 2^n, one whose labels contradict each
    other never.
    """
    compared: dict[int, set[frozenset[str]]] = defaultdict(set)
    for pair in pairs:
        compared[pair.prompt].add(frozenset((pair.chosen, pair.rejected)))
    lost = contradicted_prompts(pairs)
    whole = [0.0 if prompt in lost else 0.5 ** len(two) for prompt, two in compared.items()]
    tossed = sum(pair.chosen != pair.rejected for pair in pairs)
    return Expected(tossed / 2 / len(pairs), sum(whole) / len(whole))


def _coin(pair: BenchPair, prompt_key: str, seed: int) -> int:
    """One toss for two answers of a prompt, whichever stands where and is labelled how."""
    if pair.chosen == pair.rejected:
        return TIE
    low, high = sorted((pair.chosen, pair.rejected))
    digest = hashlib.sha256(repr((seed, prompt_key, low, high)).encode("utf-8")).digest()
    return RIGHT if (low, high)[digest[0] & 1] == pair.chosen else WRONG


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)
