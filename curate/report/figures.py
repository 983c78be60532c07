"""The numbers of the report, each from one query over a build's tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from schemas.rubric import scales_of

MOST_BARS = 40
HISTOGRAM = """
select rubric_id, metric, level, round(value)::int as step, count(*) as n
from scores
group by all
order by metric, level, rubric_id, step
"""
MARGINS = """
select floor(margin_raw)::int as step, count(*) as n
from pairs
where margin_raw is not null
group by step
order by step
"""
MODELS = """
with sides as (
    select unnest(chosen_models) as model, 1 as won from pairs
    union all
    select unnest(rejected_models) as model, 0 as won from pairs
)
select model, sum(won)::int as chosen, (count(*) - sum(won))::int as rejected
from sides
group by model
order by sum(won) / count(*) desc, model
"""
LEVELS = """
select level, split, count(*) as n, sum((margin_raw is null)::int)::int as rank_only
from pairs
group by all
order by all
"""
SAMPLE = """
select *
from (
    select *, row_number() over (partition by prompt_id order by pair_id) as place from pairs
)
where place = 1
order by md5(pair_id)
limit $count
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its count, and its height as a share of the highest."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """The distribution of one metric at one level."""

    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the page shows that is a number."""

    histograms: Sequence[Histogram]
    margins: Histogram
    models: Sequence[tuple[str, int, int]]
    levels: Sequence[tuple[str, str, int, int]]


def figures(connection: duckdb.DuckDBPyConnection) -> Figures:
    """The figures of the build whose views `connection` has."""
    return Figures(
        histograms=_histograms(connection.execute(HISTOGRAM).fetchall()),
        margins=Histogram("margin_raw", _bars(connection.execute(MARGINS).fetchall())),
        models=connection.execute(MODELS).fetchall(),
        levels=connection.execute(LEVELS).fetchall(),
    )


def sample_pairs(connection: duckdb.DuckDBPyConnection, count: int) -> list[dict[str, Any]]:
    """Pairs of `count` prompts, drawn by the hash of their ids."""
    cursor = connection.execute(SAMPLE, {"count": count})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _histograms(rows: Sequence[tuple[str, str, str, int, int]]) -> list[Histogram]:
    """One for each metric, level and rubric, over the whole scale."""
    found: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for rubric_id, metric, level, step, count in rows:
        found.setdefault((rubric_id, metric, level), []).append((step, count))
    return [
        Histogram(f"{metric}, {level}", _bars(steps, scales_of(rubric_id).get(metric)))
        for (rubric_id, metric, level), steps in found.items()
    ]


def _bars(steps: Sequence[tuple[int, int]], scale: tuple[float, float] | None = None) -> list[Bar]:
    """Bars from the lowest step to the highest, or over the scale, empty ones included."""
    counts = dict(steps)
    if not counts:
        return []
    low, high = scale or (min(counts), max(counts))
    whole = range(min(int(low), *counts), max(int(high), *counts) + 1)
    shown = whole if len(whole) <= MOST_BARS else sorted(counts)
    highest = max(counts.values())
    return [Bar(str(step), counts.get(step, 0), counts.get(step, 0) / highest) for step in shown]
