"""Charts of the judge held against people: its accuracy, its calibration, what abstaining buys."""

from collections.abc import Mapping, Sequence

import altair as alt

from curate.report.charts import Chart, percent_axis, spec_of, values
from curate.report.intervals import ROW, interval_rows, intervals
from schemas.counted import counted
from schemas.trust import Bin, ByMetric, Covered, Trust

MOST_STEPS = 30


def trust_charts(found: Trust) -> list[Chart]:
    """Those for which the build had votes enough, the verdict's first."""
    charts = []
    if found.accuracy is not None:
        charts.append(_verdict(found))
    if found.calibration is not None:
        charts.append(_reliability(found.calibration.reliability))
        charts.append(_risk(found.calibration.risk_coverage))
    if found.metrics:
        charts.append(_accuracies(found.metrics))
    return charts


def confusion_charts(found: Trust, scales: Mapping[str, tuple[float, float]]) -> list[Chart]:
    """A table of steps, people's by the judge's, as a small heat map for each metric."""
    return [
        _confusion(number, name, by_metric, scales.get(name))
        for number, (name, by_metric) in enumerate(found.metrics.items())
        if by_metric.confusion
    ]


def _reliability(bins: Sequence[Bin]) -> Chart:
    rows = [{"said": it.said, "found": it.found, "pairs": it.pairs} for it in bins]
    low = min([0.5, *(it.said for it in bins), *(it.found for it in bins)])
    scale = alt.Scale(domain=[low, 1], nice=False)
    ideal = (
        alt.Chart(values([{"said": end, "found": end} for end in (low, 1.0)]))
        .mark_line(strokeDash=[4, 4])
        .encode(x=alt.X("said:Q", scale=scale), y=alt.Y("found:Q", scale=scale))
    )
    x = alt.X("said:Q", scale=scale, axis=percent_axis("probability that the fit gives"))
    y = alt.Y("found:Q", scale=scale, axis=percent_axis("people who agree"))
    tooltip = [
        alt.Tooltip("said:Q", format=".1%"),
        alt.Tooltip("found:Q", format=".1%"),
        "pairs:Q",
    ]
    line = alt.Chart(values(rows)).mark_line(point=True).encode(x=x, y=y, tooltip=tooltip)
    return Chart(
        "calibration",
        "Calibration",
        f"What the calibrated judge says against what people find, in {counted(len(bins), 'bin')}; "
        "on the dashed line it is as sure as it is right.",
        spec_of(alt.LayerChart(layer=[ideal, line])),
        ("said", "found", "pairs"),
        [(f"{it.said:.1%}", f"{it.found:.1%}", it.pairs) for it in bins],
    )


def _risk(covered: Sequence[Covered]) -> Chart:
    rows = [{"share": it.share, "error": it.error} for it in covered]
    chart = (
        alt.Chart(values(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("share:Q", axis=percent_axis("surest pairs kept")),
            y=alt.Y("error:Q", axis=percent_axis("people decide otherwise")),
            tooltip=[alt.Tooltip("share:Q", format=".0%"), alt.Tooltip("error:Q", format=".1%")],
        )
    )
    last = covered[-1] if covered else None
    said = f"; over all it is {last.error:.1%}" if last else ""
    return Chart(
        "risk",
        "Risk and coverage",
        f"The judge's error where only its surest pairs are kept{said}.",
        spec_of(chart),
        ("surest pairs", "error"),
        [(f"{it.share:.0%}", f"{it.error:.1%}") for it in covered],
    )


def _verdict(found: Trust) -> Chart:
    told = {
        "judge": found.accuracy,
        "one person": found.person,
        "judge, same votes": found.judge_with_others,
    }
    figures = {who: figure for who, figure in told.items() if figure is not None}
    bar = found.bar or 0.0
    rule = alt.Chart(values([{"bar": bar}])).mark_rule(strokeDash=[4, 4]).encode(x="bar:Q")
    return Chart(
        "verdict",
        "Right, against people",
        "The judge by most people, one person by the others, and the judge by the same others; "
        f"its interval must lie above the dashed bar, {bar:.1%}.",
        spec_of(alt.LayerChart(layer=[rule, *intervals(figures)]), ROW * len(figures)),
        ("who", "right", "95 % interval", "comparisons"),
        interval_rows(figures),
    )


def _accuracies(metrics: Mapping[str, ByMetric]) -> Chart:
    figures = {name: it.accuracy for name, it in metrics.items()}
    return Chart(
        "accuracies",
        "Right, metric by metric",
        "How often the judge differs as people do on each metric, with 95 % intervals.",
        spec_of(alt.LayerChart(layer=intervals(figures)), ROW * len(figures)),
        ("metric", "right", "95 % interval", "pairs"),
        interval_rows(figures),
    )


def _confusion(number: int, name: str, found: ByMetric, scale: tuple[float, float] | None) -> Chart:
    rows = [
        {"people": people, "judge": judge, "answers": n} for people, judge, n in found.confusion
    ]
    met = sorted({step for people, judge, _ in found.confusion for step in (people, judge)})
    low, high = scale or (met[0], met[-1])
    whole = range(min(int(low), met[0]), max(int(high), met[-1]) + 1)
    order = [*whole] if len(whole) <= MOST_STEPS else met
    chart = (
        alt.Chart(values(rows))
        .mark_rect()
        .encode(
            x=alt.X("judge:O", scale=alt.Scale(domain=order), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("people:O", scale=alt.Scale(domain=order[::-1])),
            color=alt.Color("answers:Q", legend=None),
            tooltip=["people:O", "judge:O", "answers:Q"],
        )
    )
    same = sum(n for people, judge, n in found.confusion if people == judge)
    total = sum(n for _, _, n in found.confusion)
    kappa = "" if found.kappa is None else f", weighted kappa {found.kappa:.2f}"
    return Chart(
        f"confusion-{number}",
        name,
        f"{name}: people and judge give {same:,} of {total:,} answers the same step{kappa}.",
        spec_of(chart, 170),
        ("people", "judge", "answers"),
        found.confusion,
    )
