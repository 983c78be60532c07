"""Charts of the judge held against people: calibration, what abstaining buys, metric by metric."""

from collections.abc import Sequence

import altair as alt

from curate.report.charts import Chart, percent_axis, spec_of, values
from schemas.trust import Bin, ByMetric, Covered, Trust

DIAGONAL = [{"said": 0.5, "found": 0.5}, {"said": 1.0, "found": 1.0}]
CELL = 30


def trust_charts(found: Trust) -> list[Chart]:
    """Those for which the build had votes enough, the curves first."""
    charts = []
    if found.calibration is not None:
        charts = [
            _reliability(found.calibration.reliability),
            _risk(found.calibration.risk_coverage),
        ]
    if found.metrics:
        charts.append(_accuracies(found.metrics))
    return charts


def confusion_charts(found: Trust) -> list[Chart]:
    """A table of steps, people's by the judge's, as a small heat map for each metric."""
    return [
        _confusion(number, name, by_metric)
        for number, (name, by_metric) in enumerate(found.metrics.items())
        if by_metric.confusion
    ]


def _reliability(bins: Sequence[Bin]) -> Chart:
    rows = [{"said": it.said, "found": it.found, "pairs": it.pairs} for it in bins]
    low = min([0.5, *(it.said for it in bins), *(it.found for it in bins)])
    scale = alt.Scale(domain=[low, 1], nice=False)
    ideal = (
        alt.Chart(values([{"said": low, "found": low}, DIAGONAL[1]]))
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
        f"What the calibrated judge says against what people find, in {len(bins)} bins; "
        "on the dashed line it is as sure as it is right.",
        spec_of(alt.layer(ideal, line)),
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
            y=alt.Y("error:Q", axis=percent_axis("of them decided otherwise by people")),
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


def _accuracies(metrics: dict[str, ByMetric]) -> Chart:
    rows = [
        {
            "metric": name,
            "accuracy": it.accuracy.value,
            "low": it.accuracy.low,
            "high": it.accuracy.high,
            "pairs": it.accuracy.n,
        }
        for name, it in metrics.items()
        if it.accuracy.value is not None
    ]
    y = alt.Y("metric:N", title=None, sort=None)
    tooltip = [
        "metric:N",
        *(alt.Tooltip(f"{name}:Q", format=".1%") for name in ("accuracy", "low", "high")),
        "pairs:Q",
    ]
    base = alt.Chart(values(rows))
    points = base.mark_point(filled=True, size=80).encode(
        x=alt.X("accuracy:Q", axis=percent_axis("right"), scale=alt.Scale(zero=False)),
        y=y,
        tooltip=tooltip,
    )
    bounds = base.mark_rule(strokeWidth=2).encode(x="low:Q", x2="high:Q", y=y)
    return Chart(
        "accuracies",
        "Right, metric by metric",
        "How often the judge differs as people do on each metric, with 95 % intervals.",
        spec_of(alt.layer(bounds, points), alt.Step(CELL)),
        ("metric", "right", "95 % interval", "pairs"),
        [
            (
                row["metric"],
                f"{row['accuracy']:.1%}",
                "" if row["low"] is None else f"{row['low']:.1%} to {row['high']:.1%}",
                row["pairs"],
            )
            for row in rows
        ],
    )


def _confusion(number: int, name: str, found: ByMetric) -> Chart:
    rows = [
        {"people": people, "judge": judge, "answers": n} for people, judge, n in found.confusion
    ]
    steps = sorted({step for people, judge, _ in found.confusion for step in (people, judge)})
    order = [*range(steps[0], steps[-1] + 1)] if steps[-1] - steps[0] <= CELL else steps
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
