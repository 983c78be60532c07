"""The numbers of a build that the report draws, each from one statement of sql/report."""

from collections.abc import Sequence
from dataclasses import dataclass

from curate.engines.duckdb import DuckDBEngine
from schemas.rubric import scales_of

MOST_STEPS = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """Answers or pairs of one level at one whole point; `share` is of all of that level."""

    level: str
    step: int
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """One metric by one rubric, over the whole scale, for every level that has scores."""

    metric: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Figures:
    """`models` are (model, chosen, rejected), `levels` (level, split, pairs, by rank alone)."""

    scores: Sequence[Distribution]
    margins: Sequence[Bar]
    models: Sequence[tuple[str, int, int]]
    levels: Sequence[tuple[str, str, int, int]]
    drops: Sequence[tuple[str, str, str, int]]


def figures(engine: DuckDBEngine) -> Figures:
    """The figures of the build whose views `engine` has."""
    margins: dict[str, dict[int, int]] = {}
    for level, step, count in engine.rows("report/margin_steps"):
        margins.setdefault(level, {})[step] = count
    return Figures(
        scores=_distributions(engine.rows("report/score_steps")),
        margins=_bars(margins),
        models=engine.rows("report/models"),
        levels=engine.rows("report/levels"),
        drops=engine.rows("report/drops"),
    )


def _distributions(rows: Sequence[tuple[str, str, str, int, int]]) -> list[Distribution]:
    """Scores of two rubrics are never in one."""
    found: dict[tuple[str, str], dict[str, dict[int, int]]] = {}
    for rubric_id, metric, level, step, count in rows:
        found.setdefault((rubric_id, metric), {}).setdefault(level, {})[step] = count
    return [
        Distribution(metric, _bars(levels, scales_of(rubric_id).get(metric)))
        for (rubric_id, metric), levels in found.items()
    ]


def _bars(levels: dict[str, dict[int, int]], scale: tuple[float, float] | None = None) -> list[Bar]:
    """Bars from the lowest step to the highest, or over the scale, empty ones included."""
    met = sorted({step for counts in levels.values() for step in counts})
    if not met:
        return []
    low, high = scale or (met[0], met[-1])
    whole = range(min(int(low), met[0]), max(int(high), met[-1]) + 1)
    shown = whole if len(whole) <= MOST_STEPS else met
    return [
        Bar(level, step, counts.get(step, 0), counts.get(step, 0) / sum(counts.values()))
        for level, counts in levels.items()
        for step in shown
    ]
