"""Reward models: which of them gives pairs their delta, and what it gives (DESIGN 5.6).

Their events never vote; these statements are the only ones of a build that read them.
"""

from curate.engines.base import Engine
from schemas.errors import ConfigError, did_you_mean


def read_rewards(engine: Engine) -> None:
    """Leave `reward_events`, and the values `reward_model` and `reward_version`.

    Raises ConfigError where several reward models may give a delta and none is named, and where the
    one named is not among those that scored.
    """
    engine.run("reward/reward_events")
    newest: dict[str, str] = {}
    for rater, version in engine.rows("reward/models"):
        newest.setdefault(rater, version)
    model = _named(engine) or _only(newest)
    engine.values |= {"reward_model": model, "reward_version": newest.get(model or "")}


def reward_deltas(engine: Engine) -> None:
    """Leave `pair_rewards` and `reward_deltas`; `kept_pairs` and `splits` are there."""
    engine.run_from("reward/rewards", "reward_events")
    engine.run_from("reward/regrouped", "reward_events")
    engine.run_from("reward/pair_rewards", "rewards")
    engine.run_from("reward/reward_deltas", "pair_rewards")


def _named(engine: Engine) -> str | None:
    named: str | None = engine.values["reward_model"]
    known = [rater for (rater,) in engine.rows("reward/raters")]
    if named is not None and known and named not in known:
        raise ConfigError(
            f"[score] reward_model = {named!r}: no reward model of that id has scored",
            did_you_mean(named, known),
        )
    return named


def _only(newest: dict[str, str]) -> str | None:
    if len(newest) > 1:
        raise ConfigError(
            f"{len(newest)} reward models have scored ({', '.join(map(repr, newest))}), each on a "
            "scale of its own",
            "name the one that gives delta: [score] reward_model",
        )
    return next(iter(newest), None)
