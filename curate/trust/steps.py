"""The step that holds judges against people, and gives pairs their delta where that is set."""

from annotate.quality.calibration import fit
from curate.engines.base import Engine
from curate.trust.compared import compared
from curate.trust.rewards import reward_deltas

FEWEST_TO_CALIBRATE = 30
"""Pairs that people and judge compared; a slope over fewer says nothing."""


def hold_against_people(engine: Engine) -> None:
    """Leave `overlap_pairs`, `metric_sides` and `pair_deltas` (`raw_routes` is given)."""
    engine.run("trust/overlap_prompts")
    engine.run_from("trust/overlap_votes", "overlap_prompts")
    engine.run_from("trust/overlap_pairs", "overlap_votes")
    engine.run_from("trust/metric_sides", "overlap_prompts")
    beta = slope(engine) if engine.values["calibrate"] else None
    if beta is None:
        engine.run("trust/no_calibrated_deltas", "calibrated_deltas")
    else:
        engine.values["beta"] = beta
        engine.run("trust/calibrated_deltas")
    reward_deltas(engine)
    engine.run("trust/pair_deltas")


def slope(engine: Engine) -> float | None:
    """The calibration's beta, in logits for the widest difference; None below 30 pairs."""
    found = compared(engine)
    if len(found.votes.difference) < FEWEST_TO_CALIBRATE:
        return None
    return fit(found.votes).beta
