"""Figures with their intervals, one a row: the layers of a chart, and its table."""

from collections.abc import Mapping

import altair as alt

from curate.report.charts import percent_axis, values
from schemas.quality import Figure

ROW = 30
"""Pixels of height of a row."""


def intervals(figures: Mapping[str, Figure], axis: str = "right") -> list[alt.Chart]:
    """A point a figure, on a rule from bound to bound."""
    rows = [
        {"of": name, "right": it.value, "low": it.low, "high": it.high, "n": it.n}
        for name, it in figures.items()
        if it.value is not None
    ]
    y = alt.Y("of:N", title=None, sort=None, axis=alt.Axis(labelLimit=170))
    shares = (alt.Tooltip(f"{name}:Q", format=".1%") for name in ("right", "low", "high"))
    tooltip = ["of:N", *shares, "n:Q"]
    base = alt.Chart(values(rows))
    x = alt.X("right:Q", axis=percent_axis(axis), scale=alt.Scale(zero=False))
    return [
        base.mark_rule(strokeWidth=2).encode(x="low:Q", x2="high:Q", y=y),
        base.mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, tooltip=tooltip),
    ]


def interval_rows(figures: Mapping[str, Figure]) -> list[tuple[str, str, str, int]]:
    """(name, value, interval, n) of every figure that has a value."""
    return [
        (
            name,
            f"{it.value:.1%}",
            "" if it.low is None or it.high is None else f"{it.low:.1%} to {it.high:.1%}",
            it.n,
        )
        for name, it in figures.items()
        if it.value is not None
    ]
