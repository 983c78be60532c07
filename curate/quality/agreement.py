"""Agreement of a workspace's raters by group and by two raters, out of the engine's sums."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from annotate.quality import agreement as of
from annotate.quality.bootstrap import Floats, figure
from curate.engines.base import Engine
from curate.quality.sums import NOTHING, VOTES, sums_of
from schemas.quality import (
    Figure,
    Group,
    GroupAgreement,
    MetricAgreement,
    RaterKind,
    RaterPairAgreement,
)

MOST_PAIRS = 50
MOST_STEPS = 21
"""A finer scale has no ordinal alpha: most of its steps are never given twice."""

LEVELS: dict[int, RaterKind] = {1: "human", 2: "judge", 3: "source"}
TAUS = ("n_taus", "sum_tau")
SCORES = ("n", "one", "other", "one_square", "other_square", "product")
CENTRED = (
    *("n_centred", "one_centred", "other_centred"),
    *("one_centred_square", "other_centred_square", "centred_product"),
)
ALPHA = ("n", "score", "square", "disagreement")
ALPHA_CENTRED = ("n_centred", "centred", "centred_square", "centred_disagreement")
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What `agreement` gives: by group, and by the two raters with most in common."""

    groups: tuple[GroupAgreement, ...]
    pairs: tuple[RaterPairAgreement, ...]


def agreement(engine: Engine) -> Agreement:
    """Every figure of agreement. Leaves `pair_votes`, and `pair_sums` of the weighted sum."""
    engine.values["most_pairs"] = MOST_PAIRS
    for name in ("prompt_votes", "pair_votes", "top_pairs"):
        engine.run(f"quality/{name}")
    by_group: dict[Key, list[MetricAgreement]] = {}
    by_pair: dict[Key, list[MetricAgreement]] = {}
    for metric, rubric_id, steps in _metrics(engine):
        for key, found in _of_groups(engine, metric, rubric_id, steps):
            by_group.setdefault(key, []).append(found)
        for key, found in _of_pairs(engine, metric, rubric_id):
            by_pair.setdefault(key, []).append(found)
    return Agreement(tuple(_groups(engine, by_group)), tuple(_pairs(engine, by_pair)))


def _metrics(engine: Engine) -> Iterator[tuple[str, str | None, int]]:
    """Lay out the sums of one metric after the other, the weighted sum last."""
    for scale_no, metric, rubric_id, low, high in engine.rows("quality/scales"):
        engine.values["scale_no"] = scale_no
        engine.run("quality/spoken")
        _lay_out(engine)
        fits = low is not None and (high - low) < MOST_STEPS
        yield metric, rubric_id, int(high - low) + 1 if fits else 0
    engine.run("quality/totals", "spoken")
    _lay_out(engine)
    yield "total", None, 0


def _lay_out(engine: Engine) -> None:
    for name in ("marks", "mark_pairs", "pair_sums"):
        engine.run(f"quality/{name}")
    engine.drop("spoken", "marks")


def _of_groups(
    engine: Engine, metric: str, rubric_id: str | None, steps: int
) -> Iterator[tuple[Key, MetricAgreement]]:
    pairs, alphas = sums_of(engine, "group_sums"), sums_of(engine, "alpha_sums")
    for one, other in pairs.keys("one_level_no", "other_level_no"):
        rows = pairs.rows(one_level_no=one, other_level_no=other)
        if one == other:
            told = alphas.rows(level_no=one)
            centred = alphas.figure(of.interval_alpha, told, ALPHA_CENTRED)
            interval = alphas.figure(of.interval_alpha, told, ALPHA)
            ordinal = _ordinal(engine, one, steps) if steps else NOTHING
        else:
            centred = pairs.figure(of.pairwise_alpha, rows, CENTRED)
            interval = pairs.figure(of.pairwise_alpha, rows, SCORES)
            ordinal = NOTHING
        yield (
            (one, other),
            MetricAgreement(
                metric=metric,
                rubric_id=rubric_id,
                alpha_centred=centred,
                alpha_interval=interval,
                alpha_ordinal=ordinal,
                kappa=pairs.figure(_symmetric if one == other else of.kappa, rows, SCORES),
            ),
        )


def _of_pairs(
    engine: Engine, metric: str, rubric_id: str | None
) -> Iterator[tuple[Key, MetricAgreement]]:
    sums = sums_of(engine, "top_pair_sums")
    for one, other in sums.keys("one_rater_no", "other_rater_no"):
        rows = sums.rows(one_rater_no=one, other_rater_no=other)
        yield (
            (one, other),
            MetricAgreement(
                metric=metric,
                rubric_id=rubric_id,
                alpha_centred=sums.figure(of.pairwise_alpha, rows, CENTRED),
                alpha_interval=sums.figure(of.pairwise_alpha, rows, SCORES),
                alpha_ordinal=NOTHING,
                kappa=sums.figure(of.kappa, rows, SCORES),
            ),
        )


def _ordinal(engine: Engine, level: int, steps: int) -> Figure:
    """Krippendorff's ordinal alpha of a level, from its coincidences; both orders are counted."""
    found = sums_of(engine, "coincidences")
    rows = found.rows(level_no=level)
    low = int(min(found.found["one_step"].min(), found.found["other_step"].min()))
    one, other = (found.found[name][rows] - low for name in ("one_step", "other_step"))
    weight, cluster = found.found["weight"][rows], found.found["cluster_no"][rows]
    table = np.zeros((found.clusters, steps, steps))
    np.add.at(table, (cluster, one, other), weight)
    table += table.transpose(0, 2, 1)
    flat = table.reshape(found.clusters, -1)
    return figure(lambda rows: of.ordinal_alpha(rows.reshape(-1, steps, steps)), flat, flat.sum())


def _groups(engine: Engine, metrics: dict[Key, list[MetricAgreement]]) -> Iterator[GroupAgreement]:
    votes = sums_of(engine, "group_votes")
    for one, other in sorted({*votes.keys("one_level_no", "other_level_no"), *metrics}):
        rows = votes.rows(one_level_no=one, other_level_no=other)
        yield GroupAgreement(
            group=group_name(one, other),
            pair_agreement=votes.figure(of.pair_agreement, rows, VOTES),
            tau_b=votes.figure(of.mean, rows, TAUS),
            metrics=tuple(metrics.get((one, other), ())),
        )


def _pairs(
    engine: Engine, metrics: dict[Key, list[MetricAgreement]]
) -> Iterator[RaterPairAgreement]:
    names = {row[0]: row[1] for row in engine.rows("quality/people")}
    votes = sums_of(engine, "top_pair_votes")
    for one, other in votes.keys("one_rater_no", "other_rater_no"):
        rows = votes.rows(one_rater_no=one, other_rater_no=other)
        yield RaterPairAgreement(
            one=names[one],
            other=names[other],
            pair_agreement=votes.figure(of.pair_agreement, rows, VOTES),
            tau_b=votes.figure(of.mean, rows, TAUS),
            metrics=tuple(metrics.get((one, other), ())),
        )


def group_name(one: int, other: int) -> Group:
    """`human`, or `human x judge` for raters of two kinds."""
    names: dict[Key, Group] = {
        (1, 1): "human",
        (2, 2): "judge",
        (3, 3): "source",
        (1, 2): "human x judge",
        (1, 3): "human x source",
        (2, 3): "judge x source",
    }
    return names[one, other]


def _symmetric(totals: Floats) -> Floats:
    return of.kappa(of.exchangeable(totals))
