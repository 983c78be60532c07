"""What a chart of the report is: a Vega-Lite spec, and the same numbers in words and as a table.

Specs hold no colour: the page sets them from its own, which differ in light and dark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import altair as alt

from curate.terminal import printable

Spec: TypeAlias = dict[str, Any]
LEVELS = ("human", "judge", "source")
HEIGHT = 200


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. `name` is its id on the page; `says` is what it shows, for who cannot see it.

    `columns` and `rows` are the table behind it.
    """

    name: str
    title: str
    says: str
    spec: Spec
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


def values(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Rows inside the spec, with texts of others made harmless."""
    return alt.InlineData(
        values=[
            {name: printable(it) if isinstance(it, str) else it for name, it in row.items()}
            for row in rows
        ]
    )


def spec_of(chart: alt.Chart | alt.LayerChart, height: int = HEIGHT) -> Spec:
    """The chart as wide as the place it stands in, without what the page decides."""
    made: Spec = chart.properties(width="container", height=height).to_dict()
    made.pop("$schema", None)
    made.pop("config", None)
    return made


def percent_axis(title: str) -> alt.Axis:
    """An axis of shares."""
    return alt.Axis(title=title, format=".0%", tickCount=5)
