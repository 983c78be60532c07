"""The plots of a card: the funnel, margins, lengths of both sides, and the judge's calibration."""

import copy
from collections.abc import Iterator, Sequence

import altair as alt

from curate.report.believed import trust_charts
from curate.report.charts import percent_axis, spec_of, values
from curate.report.distributions import margin_chart
from curate.report.figures import Figures
from curate.report.funnel import Funnel
from export.card.facts import Plot
from schemas.manifest import BuildManifest

GROWTH = 1.5
"""By how much a step of length is longer than the one before, as sql/card/lengths has it."""

BAR = 30
ROOM = 1.15
"""How much wider than its longest bar the funnel is: a number stands behind each bar."""

MOST_REASONS = 12
KEPT, LEFT = "#2a62c0", "#c9d1de"
CHOSEN, REJECTED = "#2a62c0", "#9aa5b8"


def plots(
    manifest: BuildManifest,
    figures: Figures,
    funnels: Sequence[Funnel],
    lengths: Sequence[tuple[str, int, int]],
) -> list[Plot]:
    """Those for which the build has something to show."""
    found = [*_funnel(manifest, funnels)]
    if chart := margin_chart(figures.margins):
        spec = copy.deepcopy(chart.spec)
        spec["encoding"]["x"]["title"] = "weighted points, rounded down"
        found.append(
            Plot(chart.name, "Margins of the pairs, by who decided them", chart.says, spec)
        )
    if lengths:
        found.append(_lengths(lengths))
    for chart in trust_charts(manifest.trust) if manifest.trust else ():
        if chart.name == "calibration":
            title = "The judge's certainty, and people who agree"
            found.append(Plot(chart.name, title, chart.says, chart.spec))
    return found


def _funnel(manifest: BuildManifest, funnels: Sequence[Funnel]) -> Iterator[Plot]:
    """From every two answers compared to the pairs: what left by reason, and what stayed."""
    steps = next((it.stages for it in funnels if it.unit == "compared answers"), ())
    if not steps or not steps[0].came:
        return
    left = [(it.reason, it.count) for stage in steps for it in stage.left]
    shown, rest = left[:MOST_REASONS], sum(count for _, count in left[MOST_REASONS:])
    rows = [("compared", steps[0].came, 0, True)]
    below = steps[0].came
    for reason, count in [*shown, *([("other reasons", rest)] if rest else [])]:
        below -= count
        rows.append((reason.replace("_", " "), count, below, False))
    ties, pairs = manifest.counts.get("ties", 0), manifest.counts["pairs"]
    rows += [*([("ties", ties, pairs, False)] if ties else []), ("pairs", pairs, 0, True)]
    yield Plot(
        "funnel",
        "From compared answers to pairs",
        f"Of {steps[0].came:,} compared answers {pairs:,} became pairs; the table above has the "
        "numbers.",
        spec_of(_waterfall(rows), BAR * len(rows)),
    )


def _waterfall(rows: Sequence[tuple[str, int, int, bool]]) -> alt.LayerChart:
    data = [
        {"what": what, "from": start, "to": start + count, "count": f"{count:,}", "kept": kept}
        for what, count, start, kept in rows
    ]
    y = alt.Y("what:N", sort=None, title=None)
    widest = max(start + count for _, count, start, _ in rows) * ROOM
    x = alt.X("from:Q", axis=None, scale=alt.Scale(domain=[0, widest], nice=False))
    base = alt.Chart(values(data))
    bars = base.mark_bar(height={"band": 0.75}).encode(
        x=x,
        x2="to:Q",
        y=y,
        color=alt.Color(
            "kept:N", scale=alt.Scale(domain=[True, False], range=[KEPT, LEFT]), legend=None
        ),
    )
    numbers = base.mark_text(align="left", dx=6).encode(x="to:Q", y=y, text="count:N")
    return alt.LayerChart(layer=[bars, numbers])


def _lengths(found: Sequence[tuple[str, int, int]]) -> Plot:
    total = sum(count for side, _, count in found if side == "chosen")
    counts = {(side, step): count for side, step, count in found}
    steps = range(min(step for _, step, _ in found), max(step for _, step, _ in found) + 1)
    rows = [
        {
            "side": side,
            "characters": f"{round(GROWTH**step):,}",
            "share": counts.get((side, step), 0) / total,
        }
        for side in ("chosen", "rejected")
        for step in steps
    ]
    chart = (
        alt.Chart(values(rows))
        .mark_bar()
        .encode(
            x=alt.X(
                "characters:N",
                sort=None,
                title="characters, from",
                axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=6),
            ),
            xOffset=alt.XOffset("side:N", sort=["chosen", "rejected"]),
            y=alt.Y("share:Q", axis=percent_axis("of answers")),
            color=alt.Color(
                "side:N",
                scale=alt.Scale(domain=["chosen", "rejected"], range=[CHOSEN, REJECTED]),
                legend=alt.Legend(title=None, orient="top"),
            ),
        )
    )
    return Plot(
        "lengths",
        "Lengths of the chosen and the rejected answers",
        "Shares of chosen and of rejected answers by their length in characters.",
        spec_of(chart, 240),
    )
