"""What a build's manifest says of its judge: held against people on the overlap (DESIGN 5.9)."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from annotate.quality import calibration, certainty, proof
from annotate.quality.agreement import kappa_of_table
from annotate.quality.bootstrap import clusters_of
from curate.engines.base import Engine
from curate.trust.compared import Compared, Floats, Integers, compared
from curate.trust.steps import FEWEST_TO_CALIBRATE
from schemas.quality import Figure
from schemas.trust import Bin, ByMetric, Calibration, Covered, Trust

DECIMALS = 6
Columns = dict[str, Floats]


def trust_report(engine: Engine) -> Trust:
    """The judge of the build whose tables `engine` holds."""
    found = compared(engine)
    prompts, pairs = len(np.unique(found.prompts)), len(found.prompts)
    decided = found.decided != 0
    about: dict[str, Any] = {
        "judged_pairs": engine.rows("trust/judged_pairs")[0][0],
        "drawn": engine.count("overlap_prompts"),
        "prompts": prompts,
        "pairs": pairs,
        "decided": int(decided.sum()),
    }
    clusters = clusters_of(engine.count("prompt_keys"))
    accuracy = _right(found, found.judged, clusters)
    if accuracy.value is None:
        return Trust(verdict="unchecked", **about)
    longer = _right(found, found.longer, clusters)
    bar, n_decided = proof.bar_of(longer), len(np.unique(found.prompts[decided]))
    person, with_others = _left_out(engine, clusters)
    return Trust(
        verdict="proven" if proof.is_proven(accuracy, bar, n_decided) else "unproven",
        **about,
        accuracy=accuracy,
        longer=longer.value,
        bar=bar,
        person=person,
        judge_with_others=with_others,
        more_prompts=proof.more_prompts(accuracy, n_decided, engine.values["wished_interval"]),
        metrics=_metrics(engine, clusters),
        calibration=_calibration(found),
    )


def _right(found: Compared, says: Integers, clusters: int) -> Figure:
    """How often the preference `says` is that of most people, ties as halves."""
    counted = np.where(found.decided != 0, found.weight, 0.0)
    right = counted * (1 + says * found.decided) / 2
    return proof.share(found.prompts, right, counted, int((found.decided != 0).sum()), clusters)


def _left_out(engine: Engine, clusters: int) -> tuple[Figure, Figure]:
    """One person against the others, and the judge against the same others."""
    rows = _columns(engine.table("trust/left_out"))
    prompts, weight = rows["prompt_no"].astype(np.int64), 1 / rows["probability"]
    counted, n = weight * rows["n_votes"], int(rows["n_votes"].sum())
    person, judge = (
        proof.share(prompts, weight * rows[name] / 2, counted, n, clusters)
        for name in ("person_halves", "judge_halves")
    )
    return person, judge


def _metrics(engine: Engine, clusters: int) -> dict[str, ByMetric]:
    sums, tables = engine.table("trust/metric_pairs"), engine.table("trust/confusions")
    names = sorted(set(sums["metric"].to_pylist()))
    return {
        name: _by_metric(
            _columns(sums.filter(pc.equal(sums["metric"], name)).drop(["metric"])),
            _columns(tables.filter(pc.equal(tables["metric"], name)).drop(["metric"])),
            clusters,
        )
        for name in names
    }


def _by_metric(rows: Columns, cells: Columns, clusters: int) -> ByMetric:
    prompts, weight = rows["prompt_no"].astype(np.int64), 1 / rows["probability"]
    counted = weight * rows["n_decided"]
    squared = np.column_stack([weight * rows["people_squared"], weight * rows["judge_squared"]])
    pairs = int(rows["n_pairs"].sum())
    kappa = kappa_of_table(cells["people"], cells["judge"], cells["weight"])
    return ByMetric(
        pairs=pairs,
        prompts=len(prompts),
        accuracy=proof.share(
            prompts, weight * rows["halves"] / 2, counted, int(rows["n_decided"].sum()), clusters
        ),
        correlation=proof.correlation(prompts, weight * rows["crossed"], squared, pairs, clusters),
        kappa=None if kappa is None else round(kappa, DECIMALS),
        confusion=tuple(
            (int(people), int(judge), int(n))
            for people, judge, n in zip(cells["people"], cells["judge"], cells["n"], strict=True)
        ),
    )


def _calibration(found: Compared) -> Calibration | None:
    votes = found.votes
    if len(votes.difference) < FEWEST_TO_CALIBRATE:
        return None
    groups = found.groups[found.scored]
    logits = calibration.out_of_fold(votes, groups)
    if not np.isfinite(logits).all():
        return None
    alone, beside = calibration.fit(votes), calibration.fit(votes, with_length=True)
    bins = certainty.reliability(votes, logits)
    return Calibration(
        pairs=len(votes.difference),
        prompts=len(np.unique(found.prompts[found.scored])),
        beta=round(alone.beta, DECIMALS),
        beta_with_length=round(beside.beta, DECIMALS),
        phi=round(beside.phi, DECIMALS),
        deviation=round(beside.deviation, DECIMALS),
        folds=min(calibration.FOLDS, len(np.unique(groups))),
        brier=round(certainty.brier(votes, logits), DECIMALS),
        expected_error=round(certainty.expected_error(bins), DECIMALS),
        reliability=tuple(
            Bin(said=round(one.said, DECIMALS), found=round(one.found, DECIMALS), pairs=one.pairs)
            for one in bins
        ),
        risk_coverage=tuple(
            Covered(share=round(one.share, DECIMALS), error=round(one.error, DECIMALS))
            for one in certainty.risk_coverage(votes)
        ),
    )


def _columns(table: pa.Table) -> Columns:
    """The columns of a table of numbers."""
    return {name: table[name].to_numpy().astype(np.float64) for name in table.column_names}
