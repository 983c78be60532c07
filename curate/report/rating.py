"""Agreement and raters, out of the record of all votes (`schemas.quality`)."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from curate.quality.text import metric_rows
from curate.report.charts import Chart, spec_of, values
from curate.terminal import printable
from curate.trust.text import shown
from schemas.quality import Figure, Quality, RaterPairAgreement, RaterQuality

MOST_RATERS = 40
"""Raters in the heat map and its table: those with most votes."""

CELL = 26
COLUMNS = (
    "rater",
    "kind",
    "votes",
    "agrees [95 % interval]",
    "reliability [95 % interval]",
    "ability",
    "lenient by",
    "first shown wins",
    "time",
    "gold",
    "look at",
)


@dataclass(frozen=True, slots=True)
class Rating:
    """What the page says of raters; `left_out` have too few votes to be among those shown.

    `columns` are those of `raters` in which anything is said.
    """

    groups: Sequence[tuple[str, str, str, int]]
    metrics: Sequence[tuple[str, ...]]
    heat: Chart | None
    columns: Sequence[str]
    raters: Sequence[tuple[object, ...]]
    copies: Sequence[tuple[object, ...]]
    left_out: int


def rating(found: Quality) -> Rating:
    """The panel of raters; parts that the votes do not give are empty."""
    most = sorted(found.raters, key=lambda rater: (-rater.votes, rater.rater))[:MOST_RATERS]
    rows = [_rater(it) for it in most]
    told = [place for place in range(len(COLUMNS)) if any(row[place] != "" for row in rows)]
    return Rating(
        groups=[
            (it.group, shown(it.pair_agreement), _number(it.tau_b), it.pair_agreement.n)
            for it in found.groups
            if it.pair_agreement.n
        ],
        metrics=[row for it in found.groups for row in metric_rows(it)],
        heat=_heat(found.pairs, [rater.rater for rater in most]),
        columns=[COLUMNS[place] for place in told],
        raters=[tuple(row[place] for place in told) for row in rows],
        copies=[(it.one, it.other, it.identical, it.common) for it in found.copies],
        left_out=len(found.raters) - len(most),
    )


def _heat(pairs: Sequence[RaterPairAgreement], names: Sequence[str]) -> Chart | None:
    met = [it for it in pairs if it.pair_agreement.value is not None]
    among = [it for it in met if it.one in names and it.other in names]
    if not among:
        return None
    rows = [
        {"one": one, "other": other, "agreement": it.pair_agreement.value, "n": it.pair_agreement.n}
        for it in among
        for one, other in ((it.one, it.other), (it.other, it.one))
    ]
    order = [printable(name) for name in names if any(row["one"] == name for row in rows)]
    label = alt.Axis(title=None, labelLimit=110)
    chart = (
        alt.Chart(values(rows))
        .mark_rect()
        .encode(
            x=alt.X("one:N", sort=order, axis=label),
            y=alt.Y("other:N", sort=order, axis=label),
            color=alt.Color(
                "agreement:Q",
                legend=alt.Legend(title="agree", format=".0%", orient="top", gradientLength=120),
            ),
            tooltip=[
                "one:N",
                "other:N",
                alt.Tooltip("agreement:Q", format=".1%"),
                alt.Tooltip("n:Q", title="comparisons"),
            ],
        )
    )
    least = min(among, key=lambda it: it.pair_agreement.value or 0.0)
    return Chart(
        "agreement",
        "Agreement of raters, two by two",
        f"How often two raters prefer the same of two answers; least {least.one} and "
        f"{least.other}, {least.pair_agreement.value:.0%}.",
        spec_of(chart, CELL * len(order)),
        ("rater", "rater", "agreement [95 % interval]", "comparisons"),
        [(it.one, it.other, shown(it.pair_agreement), it.pair_agreement.n) for it in among],
    )


def _rater(it: RaterQuality) -> tuple[object, ...]:
    return (
        it.rater,
        it.kind,
        it.votes,
        shown(it.agreement),
        shown(it.reliability) if it.why_not is None else it.why_not,
        "" if it.ability is None else f"{it.ability:.2f}",
        "" if it.leniency.value is None else f"{round(it.leniency.value, 3) + 0.0:+.1%}",
        "" if it.first_shown.value is None else f"{it.first_shown.value:.1%}",
        f"{it.seconds:,.0f} s" if it.kind == "human" and it.seconds is not None else "",
        shown(it.gold) if it.gold.n else "",
        ", ".join(it.careless),
    )


def _number(figure: Figure) -> str:
    return "-" if figure.value is None else f"{figure.value:.2f}"
