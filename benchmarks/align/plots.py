"""The results as pictures: accuracy by label noise, and DRS against plain DPO."""

import math
from pathlib import Path
from typing import Any

import altair as alt

from benchmarks.align import plan
from benchmarks.align.intervals import Mean, mean, paired
from benchmarks.align.records import Results
from benchmarks.align.tables import plain_runs

INK = "#2a62c0"


def write(found: Results, folder: Path) -> list[Path]:
    """PNG files, one a question."""
    import vl_convert

    charts = {"noise": noise(found), "scaling": scaling(found)}
    paths = []
    for name, chart in charts.items():
        paths.append(folder / f"{name}.png")
        paths[-1].write_bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=2))
    return paths


def noise(found: Results) -> Any:
    """Accuracy by the share of flipped pairs."""
    rows = []
    for share in plan.SHARES:
        runs = [
            one for run, one in found.items() if (run.experiment, run.share) == (plan.NOISE, share)
        ]
        rows.append({"flipped": share, **_ends(mean([one.accuracy for one in runs]))})
    axis = alt.Axis(format=".0%", values=list(plan.SHARES))
    return _intervals(rows, alt.X("flipped:Q", title="training pairs flipped", axis=axis), 0.5)


def scaling(found: Results) -> Any:
    """What w and k add to plain DPO, paired by seed, by what labels are like."""
    rows = []
    for experiment in (plan.RIGHT, plan.RATED):
        of = {run: one for run, one in found.items() if run.experiment == experiment}
        plain = {seed: one.accuracy for seed, one in plain_runs(found, experiment).items()}
        for w, k in sorted({(run.w, run.k) for run in of if run.w}):
            runs = {
                run.seed: one.accuracy
                for run, one in of.items()
                if (run.w, run.k, run.control) == (w, k, "none")
            }
            setting = f"w {w:g}, k {k:g}"
            rows.append({"labels": experiment, "setting": setting, **_ends(paired(runs, plain))})
    across = alt.X("setting:N", title=None, sort=None)
    return _intervals(rows, across, 0.0).facet(
        column=alt.Column("labels:N", title=None, sort=[plan.RIGHT, plan.RATED])
    )


def _intervals(rows: list[dict[str, Any]], across: alt.X, chance: float) -> Any:
    data = alt.InlineData(values=[{**row, "chance": chance} for row in rows])
    title = "held-out pair accuracy" + ("" if chance else " against plain DPO")
    up = alt.Y("low:Q", title=title, axis=alt.Axis(format=".1%"), scale=alt.Scale(zero=False))
    base = alt.Chart(data)
    return alt.layer(
        base.mark_rule(strokeDash=[4, 4], color="#9aa5b8").encode(y="chance:Q"),
        base.mark_rule(color=INK).encode(x=across, y=up, y2="high:Q"),
        base.mark_point(filled=True, size=60, color=INK).encode(x=across, y="value:Q"),
    )


def _ends(one: Mean) -> dict[str, float]:
    reach = 0.0 if math.isnan(one.reach) else one.reach
    return {"value": one.value, "low": one.value - reach, "high": one.value + reach}
