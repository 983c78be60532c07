"""`[score] rater_weights = "reliability"`: what each person's votes count in a build."""

import pyarrow as pa

from annotate.quality.reliability import ITEMS_A_RATER, RATERS_AN_ITEM, weights, why_not
from curate.engines.base import Engine
from curate.quality.believing import records
from curate.quality.reading import lay_out_said

PEOPLE = 1
DIGITS = 3
"""Few, so that the last bit of a float never makes another build."""

TOO_FEW = (
    '[score] rater_weights = "reliability": nobody has '
    f"{ITEMS_A_RATER} pairs of answers that {RATERS_AN_ITEM} people voted on, so all weights are 1"
)


def weigh_raters(engine: Engine) -> None:
    """Leave `rater_weights`, of people with enough votes beside others'; all others weigh 1."""
    lay_out_said(engine)
    known = records(engine, PEOPLE)
    known = {rater: it for rater, it in known.items() if why_not(it.votes) is None}
    found = weights(list(known.values())).round(DIGITS).tolist() if known else []
    engine.put(
        "rater_weights",
        pa.table({"rater_no": pa.array(list(known), pa.int64()), "weight": _decimals(found)}),
    )
    engine.drop("said", "voted_items", "patterns", "pattern_rights")


def told_weights(engine: Engine) -> dict[str, float]:
    """The weight of each rater who has one; empty where none are asked for."""
    if engine.values["rater_weights"] == "none":
        return {}
    return dict(engine.rows("weighted/told"))


def weight_warnings(engine: Engine) -> list[str]:
    """That weights were asked for and could not be found."""
    asked = engine.values["rater_weights"] != "none"
    return [TOO_FEW] if asked and not engine.count("rater_weights") else []


def _decimals(found: list[float]) -> pa.Array:
    return pa.array(found, pa.float64()).cast(pa.decimal128(18, 6), safe=False)
