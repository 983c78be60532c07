"""The biases of a build as its manifest says them, held to the limits that are set."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from annotate.quality.bootstrap import Floats, figure
from curate.engines.duckdb import DuckDBEngine
from schemas.bias import Baselines, BiasReport, Probe
from schemas.config_pairs import LimitsSection
from schemas.quality import Figure

HALF = 0.5
COUNTED = {"first_shown": 1, "swap_flips": 1, "longer_at_equal": 2, "refusals": 2}
"""Statements of `part`, `counted` and `n`, and in how many parts of a pair they count."""

PLAIN = ("swap_flips", "longer_at_equal")
"""Probes of judges alone: their name needs no part."""


def bias_report(engine: DuckDBEngine, limits: LimitsSection) -> BiasReport:
    """What the build whose tables `engine` holds leans to."""
    found = dict(_figures(engine))
    rows = engine.table("bias/baselines")
    overall = _baselines(rows.filter(pc.is_null(rows["category"])))
    names = [name for name in pc.unique(rows["category"]).to_pylist() if name is not None]
    return BiasReport(
        slots=dict(_slots(engine)),
        probes={name: _held(name, found[name], limits) for name in sorted(found)},
        overall=overall,
        categories={
            name: part
            for name in sorted(names)
            if (part := _baselines(rows.filter(pc.equal(rows["category"], name)))) is not None
        },
    )


def _figures(engine: DuckDBEngine) -> Iterator[tuple[str, Figure]]:
    for probe, parts in COUNTED.items():
        table = engine.table(f"bias/{probe}")
        for part in pc.unique(table["part"]).to_pylist():
            rows = table.filter(pc.equal(table["part"], part))
            name = "refusal" if probe == "refusals" else probe
            label = name if probe in PLAIN else f"{name}.{part}"
            yield label, _share(rows, "counted", "n", parts)
    owned = engine.table("bias/own_family")
    if owned.num_rows:
        yield "own_family", _share(owned, "own_halves", "n", 1, halves=2)
        if pc.sum(owned["n_both"]).as_py():
            yield "own_family_excess", _share(owned, "excess_halves", "n_both", 1, halves=2)


def _slots(engine: DuckDBEngine) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """By level, what each place adds, up to the first place in which nothing was shown."""
    table = engine.table("bias/slot_effect")
    for part in pc.unique(table["part"]).to_pylist():
        rows = table.filter(pc.equal(table["part"], part))
        places = sorted(pc.unique(rows["place"]).to_pylist())
        shown = [place for number, place in enumerate(places) if place == number]
        yield (
            part,
            tuple(
                _share(rows.filter(pc.equal(rows["place"], place)), "counted", "n", 1)
                for place in shown
            ),
        )


def _held(name: str, found: Figure, limits: LimitsSection) -> Probe:
    neutral = 0.0 if name in ("swap_flips", "own_family_excess") else HALF
    limit = limits.of(name)
    above = limit is not None and _is_beyond(found, neutral, limit)
    return Probe(figure=found, neutral=neutral, limit=limit, above=above)


def _is_beyond(found: Figure, neutral: float, limit: float) -> bool:
    """Whether all of the interval is beyond the limit, on either side of neutral."""
    if found.low is None or found.high is None:
        return False
    return found.low > limit or found.high < 2 * neutral - limit


def _baselines(rows: pa.Table) -> Baselines | None:
    if not rows.num_rows:
        return None
    found = {
        name: _share(rows, f"{name}_halves", f"{name}_n", 2)
        for name in ("longer", "first", "model")
    }
    return Baselines(pairs=found["longer"].n, **found)


def _share(rows: pa.Table, counted: str, n: str, parts: int, *, halves: int = 1) -> Figure:
    """`counted` / `halves` over `n`; a pair counts as so many `parts` of n."""
    columns = [_floats(rows, counted) / halves, _floats(rows, n)]
    total = columns[1].sum() / parts
    return figure(lambda sums: sums[:, 0] / sums[:, 1], np.column_stack(columns), total)


def _floats(rows: pa.Table, name: str) -> Floats:
    return np.asarray(rows[name].to_numpy(), np.float64)
