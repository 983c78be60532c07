"""What is doubtful in a benchmark's own labels: reported beside the numbers, and counted in them.

A benchmark is compared with what others published about it, so its rows count as it counts them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from curate.benching.benchmark import Benchmark, BenchPair

Edges = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of doubt: how many rows have it, and what it is as a user may look it up."""

    name: str
    rows: int
    about: str
    first: str


ABOUT = {
    "double_ids": "an id that stands for more than one thing; by id and media they are kept apart",
    "contradictory": "labels of a prompt that run in a circle; its ACC+ is out of reach",
    "same_answer": "one text on both sides; whoever scores by the text alone ties",
    "repeated": "the same preference once more; counted each time",
}


def faults(benchmark: Benchmark) -> list[Fault]:
    """The kinds that are there, each with its first row."""
    found = {
        "double_ids": _double_ids(benchmark),
        "contradictory": _contradictory(benchmark.pairs),
        "same_answer": [pair for pair in benchmark.pairs if pair.chosen == pair.rejected],
        "repeated": _repeated(benchmark.pairs),
    }
    return [
        Fault(name, len(rows), ABOUT[name], _shown(rows[0])) for name, rows in found.items() if rows
    ]


def contradicted_prompts(pairs: Sequence[BenchPair]) -> set[int]:
    """Prompts whose labels no order of the answers agrees with, by number."""
    same = {pair.prompt for pair in pairs if pair.chosen == pair.rejected}
    return same | {pair.prompt for pair in _contradictory(pairs)}


def _double_ids(benchmark: Benchmark) -> list[BenchPair]:
    """Rows whose id stands for other things, too.

    Of an id that names rows, another row; of one that names prompts, another medium or question.
    """
    meant: dict[str, set[object]] = defaultdict(set)
    for pair in benchmark.pairs:
        if pair.source_id is not None:
            meant[pair.source_id].add(_what(pair, by_row=benchmark.ids_name_rows))
    return [pair for pair in benchmark.pairs if pair.source_id and len(meant[pair.source_id]) > 1]


def _what(pair: BenchPair, *, by_row: bool) -> object:
    return (pair.file, pair.line) if by_row else (pair.prompt, pair.asked)


def _contradictory(pairs: Iterable[BenchPair]) -> list[BenchPair]:
    """Rows whose rejected answer is, over other rows of the prompt, preferred to the chosen one."""
    by_prompt: dict[int, list[BenchPair]] = defaultdict(list)
    for pair in pairs:
        if pair.chosen != pair.rejected:
            by_prompt[pair.prompt].append(pair)
    return [
        pair
        for group in by_prompt.values()
        for edges in [_edges(group)]
        for pair in group
        if pair.chosen in _reached(edges, pair.rejected)
    ]


def _edges(pairs: Iterable[BenchPair]) -> Edges:
    edges: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        edges[pair.chosen].add(pair.rejected)
    return edges


def _reached(edges: Edges, start: str) -> set[str]:
    """The answers that `start` is preferred to, over any number of rows."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for lower in edges.get(waiting.pop(), ()):
            if lower not in found:
                found.add(lower)
                waiting.append(lower)
    return found


def _repeated(pairs: Iterable[BenchPair]) -> list[BenchPair]:
    seen: set[tuple[int, str, str]] = set()
    repeated = []
    for pair in pairs:
        said = (pair.prompt, pair.chosen, pair.rejected)
        if said in seen:
            repeated.append(pair)
        seen.add(said)
    return repeated


def _shown(pair: BenchPair) -> str:
    return f"{pair.place}, id {pair.source_id[:80]}" if pair.source_id else pair.place
