"""From settings to what the statements of a build are given: values and small tables."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from curate.settings import Settings
from schemas.errors import ConfigError

OUTER_SPACE = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
WEIGHT_UNITS = 10_000
MILLION = 1_000_000
RADIUS = 10
"""Bits in which the DCT hashes of two versions of one picture may differ."""


def values(settings: Settings) -> dict[str, Any]:
    """The named parameters of curate/sql, in the units the statements use."""
    pairs, split = settings.pairs, settings.config.split
    return {
        "outer_space": OUTER_SPACE,
        "response_jaccard": settings.config.dedupe.response_jaccard,
        "boilerplate": settings.config.dedupe.boilerplate,
        "prompt_jaccard": settings.config.dedupe.prompt_jaccard,
        "decontaminate": bool(settings.config.decontaminate),
        "rubric_id": settings.rubric.rubric_id,
        "weighted_metrics": sum(weight > 0 for weight in settings.weights.values()),
        "on_conflict": pairs.on_conflict,
        "min_consensus": pairs.min_consensus,
        "rater_weights": settings.config.score.rater_weights,
        "min_margin": Decimal(str(pairs.min_margin or 0)).quantize(Decimal("0.000001")),
        "unstable_above": pairs.unstable_above,
        "policy": pairs.policy,
        "per_prompt": pairs.per_prompt,
        "tokenizer": pairs.tokenizer,
        "max_tokens": pairs.max_tokens,
        "cap_source": pairs.cap.source,
        "cap_model": pairs.cap.model,
        "cap_longer": _millionths(pairs.cap.longer) if pairs.cap.longer != 1 else None,
        "length_weights": pairs.length_weights,
        "text_millionths": _millionths(pairs.mix.text_share),
        "pair_seed": str(pairs.seed),
        "calibrate": settings.config.score.calibrate,
        "reward_deltas": settings.config.score.reward_deltas,
        "reward_model": settings.config.score.reward_model,
        "wished_interval": settings.config.score.interval,
        "group_by": split.group_by,
        "look_radius": _look_radius(settings),
        "split_seed": str(split.seed),
        "test_share": split.test,
        "validation_share": split.validation,
    }


def _millionths(share: float | None) -> int | None:
    """The share as a whole number."""
    return None if share is None else int(Decimal(str(share)) * MILLION)


def _look_radius(settings: Settings) -> int | None:
    """Bits in which versions of a picture may differ; None where pictures need not be looked at."""
    config = settings.config
    if config.dedupe.image_hamming is not None:
        return config.dedupe.image_hamming
    asked = config.split.group_by == "media" or config.dedupe.prompt_jaccard is not None
    return RADIUS if asked or config.decontaminate else None


def tables(settings: Settings, licences: Mapping[str, str | None]) -> dict[str, pa.Table]:
    """The small tables the statements join: weights, accepted rubrics, vetoes, licences."""
    accepted = {settings.rubric.rubric_id, *settings.config.score.accept_rubrics}
    units = {name: weight_units(name, weight) for name, weight in settings.weights.items()}
    vetoes = settings.pairs.veto or ()
    return {
        "weights": _table(
            metric=(list(units), pa.string()), weight_units=(list(units.values()), pa.int64())
        ),
        "accepted_rubrics": _table(rubric_id=(sorted(accepted), pa.string())),
        "vetoes": _table(
            metric=([veto.metric for veto in vetoes], pa.string()),
            minimum=([Decimal(str(veto.min)) for veto in vetoes], pa.decimal128(18, 6)),
        ),
        "pull_licences": _table(
            pull=(list(licences), pa.string()), licence=(list(licences.values()), pa.string())
        ),
    }


def weight_units(metric: str, weight: float) -> int:
    """The weight as a whole number of units, so that sums are sums of integers."""
    units = Decimal(str(weight)) * WEIGHT_UNITS
    if units != units.to_integral_value():
        raise ConfigError(f"weight of metric {metric!r} = {weight!r}", "give at most four decimals")
    return int(units)


def _table(**columns: tuple[list[Any], pa.DataType]) -> pa.Table:
    return pa.table({name: pa.array(rows, kind) for name, (rows, kind) in columns.items()})
