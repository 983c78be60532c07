"""The lengths of a build as its manifest says them."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from curate.engines.base import Engine
from curate.length.control import Comparisons, fit, rates
from schemas.length import (
    CategoryCost,
    LengthControl,
    LengthCost,
    LengthReport,
    LengthShare,
    LengthWeights,
    ModelWins,
)

STEPS_A_DEVIATION = 100
DECIMALS = 4
ALL, OTHERS = 0, 41
"""Places of what is no category: see length/shares.sql."""


def length_report(engine: Engine) -> LengthReport:
    """What the build whose tables `engine` holds has to say of lengths."""
    engine.run("length/build_lengths")
    shares = {row["shown_place"]: row for row in _rows(engine, "length/shares")}
    weighted = bool(engine.values["length_weights"])
    told = {place: _share(row, weighted=weighted) for place, row in shares.items()}
    return LengthReport(
        overall=told.get(ALL),
        categories={shares[place]["category"]: told[place] for place in _named(shares)},
        others=told.get(OTHERS),
        n_others=shares[OTHERS]["n_categories"] if OTHERS in shares else 0,
        control=_control(engine),
        weights=_weights(engine) if weighted else None,
        cost=_cost(engine) if engine.values["cap_longer"] is not None else None,
    )


def _share(row: dict[str, Any], *, weighted: bool) -> LengthShare:
    by_weight = float(row["longer_weight"] / row["weight"])
    return LengthShare(
        pairs=row["n_pairs"],
        longer=row["n_longer"],
        equal=row["n_equal"],
        longer_wins=round(row["n_longer"] / row["n_pairs"], DECIMALS),
        weighted=round(by_weight, DECIMALS) if weighted else None,
        chosen_characters=row["chosen_characters"],
        rejected_characters=row["rejected_characters"],
    )


def _weights(engine: Engine) -> LengthWeights:
    pairs, one_sided, bounded = engine.rows("length/weight_counts")[0]
    return LengthWeights(pairs=pairs, one_sided=one_sided, bounded=bounded)


def _cost(engine: Engine) -> LengthCost | None:
    rows = {row["shown_place"]: row for row in _rows(engine, "length/cost")}
    if ALL not in rows:
        return None
    told = {place: _category_cost(row) for place, row in rows.items()}
    return LengthCost(
        **told[ALL].model_dump(),
        categories={rows[place]["category"]: told[place] for place in _named(rows)},
        others=told.get(OTHERS),
    )


def _category_cost(row: dict[str, Any]) -> CategoryCost:
    lost, kept = row["margin_lost"], row["margin_kept"]
    return CategoryCost(
        pairs=row["n_lost"],
        prompts=row["n_prompts"],
        margin_lost=None if lost is None else round(lost, DECIMALS),
        margin_kept=None if kept is None else round(kept, DECIMALS),
    )


def _control(engine: Engine) -> LengthControl | None:
    engine.run("length/compared_models")
    engine.run("length/comparisons")
    n, ties, deviation = engine.rows("length/deviation")[0]
    if not n:
        return None
    # Where every length is equal every difference is 0, and any deviation says so.
    engine.values["length_deviation"] = deviation or 1.0
    names = [name for (name,) in engine.rows("length/model_names")]
    found = _comparisons(engine)
    fitted = fit(found, len(names))
    by_model = rates(found, fitted)
    columns = (names, by_model.n, by_model.won, by_model.controlled)
    models = [
        ModelWins(
            model=name,
            comparisons=int(compared),
            wins=round(float(won), DECIMALS),
            controlled=round(float(controlled), DECIMALS),
        )
        for name, compared, won, controlled in zip(*columns, strict=True)
        if compared
    ]
    return LengthControl(
        comparisons=n,
        ties=ties,
        left_out=engine.count("kept_pairs") - n,
        deviation=round(deviation, DECIMALS),
        phi=round(fitted.phi, DECIMALS),
        longer_wins=round(fitted.longer_wins, DECIMALS),
        models=tuple(sorted(models, key=lambda model: (-model.controlled, model.model))),
    )


def _comparisons(engine: Engine) -> Comparisons:
    cells = engine.table("length/cells")
    columns = {name: np.asarray(cells[name]) for name in cells.column_names}
    return Comparisons(
        one=columns["one_no"].astype(np.int64),
        other=columns["other_no"].astype(np.int64),
        difference=columns["step"] / STEPS_A_DEVIATION,
        wins=columns["halves"] / 2,
        n=columns["n"].astype(np.float64),
    )


def _named(rows: dict[int, Any]) -> list[int]:
    """The places of categories, in their order."""
    return [place for place in sorted(rows) if ALL < place < OTHERS]


def _rows(engine: Engine, name: str) -> Iterator[dict[str, Any]]:
    """The few rows of a statement by the names of its columns."""
    yield from engine.table(name).to_pylist()
