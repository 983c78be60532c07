"""The biases of a build as its manifest says them, held to the limits that are set."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from annotate.quality.bootstrap import Floats, by_cluster, figure
from annotate.quality.shares import CERTAIN, share
from curate.engines.base import Engine
from schemas.bias import Baselines, BiasReport, Probe
from schemas.config_pairs import LimitsSection
from schemas.intervals import Interval
from schemas.quality import Figure

HALF = 0.5
COUNTED = {"first_shown": 1, "swap_flips": 1, "longer_at_equal": 2, "refusals": 2}
"""Statements of `part`, `counted` and `n`, and in how many parts of a pair they count."""

FAIR = ("first_shown", "longer_at_equal")
NEVER = ("swap_flips", "own_family_excess")
"""Probes that are one half, or nothing, without a bias; of the others nobody knows."""

PLAIN = ("swap_flips", "longer_at_equal")
"""Probes of judges alone: their name needs no part."""


def bias_report(engine: Engine, limits: LimitsSection) -> BiasReport:
    """What the build whose tables `engine` holds leans to."""
    clusters = engine.values["clusters"]
    found = dict(_figures(engine))
    rows = engine.table("bias/baselines")
    overall = _baselines(rows.filter(pc.is_null(rows["category"])), clusters)
    names = [name for name in pc.unique(rows["category"]).to_pylist() if name is not None]
    parts = {name: _baselines(_of(rows, "category", name), clusters) for name in sorted(names)}
    return BiasReport(
        slots=dict(_slots(engine)),
        probes={name: _held(name, found[name], limits) for name in sorted(found)},
        overall=overall,
        categories={name: part for name, part in parts.items() if part is not None},
    )


def _of(rows: pa.Table, column: str, value: object) -> pa.Table:
    return rows.filter(pc.equal(rows[column], value))


def _figures(engine: Engine) -> Iterator[tuple[str, Figure]]:
    clusters = engine.values["clusters"]
    for probe, parts in COUNTED.items():
        table = engine.table(f"bias/{probe}")
        for part in pc.unique(table["part"]).to_pylist():
            rows = _of(table, "part", part)
            name = "refusal" if probe == "refusals" else probe
            label = name if probe in PLAIN else f"{name}.{part}"
            yield label, _share(rows, clusters, "counted", "n", parts)
    owned = engine.table("bias/own_family")
    if owned.num_rows:
        yield "own_family", _share(owned, clusters, "own_halves", "n", 1, halves=2)
        if pc.sum(owned["n_both"]).as_py():
            yield (
                "own_family_excess",
                _share(owned, clusters, "excess_halves", "n_both", 1, halves=2, ends=(-1.0, 1.0)),
            )


def _slots(engine: Engine) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """By level, what each place adds, up to the first place in which nothing was shown."""
    table, clusters = engine.table("bias/slot_effect"), engine.values["clusters"]
    for part in pc.unique(table["part"]).to_pylist():
        rows = _of(table, "part", part)
        places = sorted(pc.unique(rows["place"]).to_pylist())
        shown = [place for number, place in enumerate(places) if place == number]
        yield (
            part,
            tuple(_mean(_of(rows, "place", place), clusters) for place in shown),
        )


def _held(name: str, found: Figure, limits: LimitsSection) -> Probe:
    kind = name.partition(".")[0]
    neutral = HALF if kind in FAIR else 0.0 if kind in NEVER else None
    limit = limits.of(name)
    above = limit is not None and _is_beyond(found, limit, either_side=kind in FAIR)
    return Probe(figure=found, neutral=neutral, limit=limit, above=above)


def _is_beyond(found: Figure, limit: float, *, either_side: bool) -> bool:
    """Whether all of the interval is beyond the limit, on either side of one half if so asked."""
    if found.low is None or found.high is None:
        return False
    return found.low > limit or (either_side and found.high < 1 - limit)


def _baselines(rows: pa.Table, clusters: int) -> Baselines | None:
    if not rows.num_rows:
        return None
    found = {
        name: _share(rows, clusters, f"{name}_halves", f"{name}_n", 2)
        for name in ("longer", "first", "model")
    }
    return Baselines(pairs=found["longer"].n, **found)


def _share(
    rows: pa.Table,
    clusters: int,
    counted: str,
    n: str,
    parts: int,
    *,
    halves: int = 1,
    ends: Interval = CERTAIN,
) -> Figure:
    """`counted` / `halves` over `n`; a pair counts as so many `parts` of n."""
    columns = np.column_stack([_floats(rows, counted) / halves, _floats(rows, n)])
    return share(_by_cluster(rows, columns, clusters), columns[:, 1].sum() / parts, ends)


def _mean(rows: pa.Table, clusters: int) -> Figure:
    """The mean of points, which have no ends that all rubrics share."""
    columns = np.column_stack([_floats(rows, "counted"), _floats(rows, "n")])
    sums = _by_cluster(rows, columns, clusters)
    return figure(lambda total: total[:, 0] / total[:, 1], sums, columns[:, 1].sum())


def _by_cluster(rows: pa.Table, columns: Floats, clusters: int) -> Floats:
    return by_cluster(rows["cluster"].to_numpy(), columns, clusters)


def _floats(rows: pa.Table, name: str) -> Floats:
    return np.asarray(rows[name].to_numpy(), np.float64)
