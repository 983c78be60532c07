"""What the votes lean to, and what rules that look at no content would be right on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from curate.bias.text import SAID
from curate.report.charts import Chart, spec_of, values
from curate.report.intervals import ROW, interval_rows, intervals
from curate.trust.text import shown
from schemas.bias import Baselines, BiasReport, Probe
from schemas.quality import Figure

LABELS = {
    "first_shown": "first shown wins",
    "swap_flips": "turns round on a swap",
    "own_family": "own family wins",
    "own_family_excess": "own family over people",
    "longer_at_equal": "longer of equals wins",
    "refusal": "refusal wins",
}
"""A few words for each probe, which stand beside its point."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """The panel of biases. `rules` are rows by category, all pairs first; `slots` rows by level."""

    chart: Chart | None
    rules: Sequence[tuple[object, ...]]
    slots: Sequence[tuple[object, ...]]


def leaning(found: BiasReport) -> Leaning | None:
    """What the build says of biases; None where it had no votes to look at."""
    probes = {name: it for name, it in found.probes.items() if it.figure.value is not None}
    rules = [] if found.overall is None else [("all", found.overall), *found.categories.items()]
    if not probes and not rules:
        return None
    slots = [
        (level, place, _points(it)) for level in found.slots for place, it in _places(found, level)
    ]
    return Leaning(_probes(probes) if probes else None, [_rule(*it) for it in rules], slots)


def _places(found: BiasReport, level: str) -> Iterator[tuple[int, Figure]]:
    """Places as people count them, from 1, with what each adds."""
    return ((number, it) for number, it in enumerate(found.slots[level], 1) if it.n)


def _points(found: Figure) -> str:
    if found.value is None:
        return "-"
    if found.low is None or found.high is None:
        return f"{found.value:+.2f}"
    return f"{found.value:+.2f} [{found.low:+.2f}, {found.high:+.2f}]"


def _probes(probes: Mapping[str, Probe]) -> Chart:
    figures = {name: it.figure for name, it in probes.items()}
    labelled = {_label(name): it for name, it in figures.items()}
    neutral = [
        {"of": _label(name), "neutral": it.neutral}
        for name, it in probes.items()
        if it.neutral is not None
    ]
    ticks = (
        alt.Chart(values(neutral))
        .mark_tick(thickness=3, size=20)
        .encode(
            x="neutral:Q",
            y=alt.Y("of:N", title=None, sort=None),
            tooltip=[alt.Tooltip("neutral:Q", format=".0%", title="without a bias")],
        )
    )
    above = [_label(name) for name, it in probes.items() if it.above]
    return Chart(
        "bias",
        "What votes lean to",
        f"How often something won that should not matter, beside what it is without a bias; "
        f"beyond their limits: {', '.join(above) or 'none'}.",
        spec_of(alt.LayerChart(layer=[ticks, *intervals(labelled, "won")]), ROW * len(figures)),
        ("probe", "share", "95 % interval", "comparisons", "without a bias", "limit", "means"),
        [
            (
                *row,
                "" if it.neutral is None else f"{it.neutral:.0%}",
                "" if it.limit is None else f"{it.limit:g}",
                _said(name),
            )
            for row in interval_rows(figures)
            for name, it in [(row[0], probes[row[0]])]
        ],
    )


def _label(name: str) -> str:
    kind, _, part = name.partition(".")
    return f"{LABELS.get(kind, kind)}{f' ({part})' if part else ''}"


def _said(name: str) -> str:
    return SAID.get(name.partition(".")[0], "")


def _rule(name: str, found: Baselines) -> tuple[object, ...]:
    told = (found.longer, found.model, found.first)
    return (name, found.pairs, *(shown(it) if it.n else "" for it in told))
