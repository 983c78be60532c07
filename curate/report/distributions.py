"""Charts of scores by metric and of margins."""

from collections.abc import Sequence

import altair as alt

from curate.report.charts import LEVELS, Chart, percent_axis, spec_of, values
from curate.report.figures import Bar, Distribution

HELD_APART = 12
"""Steps up to which bars of different levels stand side by side."""


def score_charts(found: Sequence[Distribution]) -> list[Chart]:
    """One for each metric and rubric: the share of answers at each point, level by level."""
    return [_scores(number, it) for number, it in enumerate(found)]


def margin_chart(bars: Sequence[Bar]) -> Chart | None:
    """Pairs at each whole point of margin_raw; None where all are by rank alone."""
    if not bars:
        return None
    chart = (
        alt.Chart(values([_row(bar) for bar in bars]))
        .mark_bar()
        .encode(
            x=alt.X("step:O", title="margin_raw, rounded down", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("count:Q", title="pairs", stack=True),
            color=_level_colour(bars),
            tooltip=["level:N", alt.Tooltip("step:O", title="margin"), "count:Q"],
        )
    )
    steps = [bar.step for bar in bars if bar.count]
    return Chart(
        "margins",
        "Margins of the pairs",
        f"Pairs by margin, from {min(steps)} to {max(steps)} weighted points.",
        spec_of(chart),
        ("level", "margin", "pairs"),
        [(bar.level, bar.step, bar.count) for bar in bars],
    )


def _scores(number: int, found: Distribution) -> Chart:
    apart = len({bar.step for bar in found.bars}) <= HELD_APART
    encoding = {"xOffset": alt.XOffset("level:N", sort=list(LEVELS))} if apart else {}
    chart = (
        alt.Chart(values([_row(bar) for bar in found.bars]))
        .mark_bar()
        .encode(
            x=alt.X("step:O", title="points", axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("share:Q", axis=percent_axis("of answers"), stack=None),
            color=_level_colour(found.bars),
            tooltip=[
                "level:N",
                alt.Tooltip("step:O", title="points"),
                alt.Tooltip("share:Q", format=".1%"),
                alt.Tooltip("count:Q", title="answers"),
            ],
            **encoding,
        )
    )
    return Chart(
        f"scores-{number}",
        found.metric,
        f"Scores on {found.metric}: {_modes(found.bars)}.",
        spec_of(chart, 160),
        ("level", "points", "answers"),
        [(bar.level, bar.step, bar.count) for bar in found.bars],
    )


def _level_colour(bars: Sequence[Bar]) -> alt.Color:
    """The same colour for a level in every chart, so the domain is always whole."""
    several = len({bar.level for bar in bars}) > 1
    legend = alt.Legend(title=None, orient="top", values=_met(bars)) if several else None
    return alt.Color("level:N", scale=alt.Scale(domain=list(LEVELS)), legend=legend)


def _met(bars: Sequence[Bar]) -> list[str]:
    return [level for level in LEVELS if any(bar.level == level for bar in bars)]


def _modes(bars: Sequence[Bar]) -> str:
    most = {
        level: max((bar for bar in bars if bar.level == level), key=lambda bar: bar.count)
        for level in _met(bars)
    }
    return "; ".join(
        f"by {level}, most often {bar.step} ({bar.share:.0%})" for level, bar in most.items()
    )


def _row(bar: Bar) -> dict[str, object]:
    return {
        "level": bar.level,
        "step": bar.step,
        "count": bar.count,
        "share": round(bar.share, 4),
    }
