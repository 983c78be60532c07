"""Pairing within raters against means over raters, where raters differ in leniency.

Each rater scores three of a prompt's four answers, as happens where votes are missing: a mean over
raters then mixes an answer's quality with who happened to score it. It also uses answers that a
rater saw alone, so that means are ahead where leniency is small: at a spread of about 0.65 both are
even, and each side of that is held to its own sign.
"""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq

from annotate.quality.agreement import mean
from annotate.quality.bootstrap import figure
from benchmarks.simulate.outcome import Outcome
from benchmarks.simulate.raters import careful, qualities
from benchmarks.simulate.workspace import ANSWERS, Sheet, answer_id, write
from benchmarks.votes import AT, RUBRIC
from curate.build import build

BELOW, ABOVE = (0.5, 0.6), (0.75, 1.0, 1.5, 2.0)
"""Deviations of leniency, in points, at which means and pairs within raters are ahead."""

TEAMS, PROMPTS_A_TEAM, RATERS, NOISE = 40, 200, 12, 0.7
"""Which leniencies a team has by chance moves the difference as prompts do, so teams are drawn."""

SETTINGS = ("pairs.policy=all-ranked", "pairs.min_margin=0")


def outcomes() -> Iterator[Outcome]:
    """One a spread: accuracy of pairs within raters less that of pooled means."""
    for number, spread in enumerate((*BELOW, *ABOVE)):
        rng = np.random.default_rng([10, number])
        truth = qualities(rng, TEAMS * PROMPTS_A_TEAM, ANSWERS)
        with TemporaryDirectory() as folder:
            sheets = list(_sheets(rng, truth, spread))
            ours, pooled, n_pairs = accuracies(Path(folder) / "w", truth, sheets)
        better = np.stack([n_pairs, ours - pooled], axis=1).reshape(TEAMS, PROMPTS_A_TEAM, 2)
        found = figure(mean, better.sum(axis=1), n_pairs.sum())
        name = (
            f"pair accuracy within raters less pooled, leniency {spread:g} "
            f"({ours.sum() / n_pairs.sum():.3f} against {pooled.sum() / n_pairs.sum():.3f})"
        )
        value = found.value or 0.0
        yield Outcome(name, value, found.low, found.high, 0.0, at_most=spread in BELOW)


def accuracies(
    folder: Path, truth: np.ndarray, sheets: list[Sheet]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each prompt how many pairs come out right, among those that some rater compared.

    A tie, and no word where raters disagree, counts one half.
    """
    made = write(folder, len(truth), sheets)
    report = build(type(made).open(folder, SETTINGS), now=AT)
    pairs = pq.read_table(report.folder / "pairs.parquet", columns=["chosen_id", "rejected_id"])
    won = set(zip(pairs["chosen_id"].to_pylist(), pairs["rejected_id"].to_pylist(), strict=True))
    means = _pooled(report.folder / "scores.parquet")
    compared = {
        (sheet.prompt, pair) for sheet in sheets for pair in combinations(sorted(sheet.scores), 2)
    }
    ours, pooled, n_pairs = np.zeros((3, len(truth)))
    for prompt, quality in enumerate(truth):
        ids = [answer_id(prompt, place) for place in range(ANSWERS)]
        for one, other in combinations(range(ANSWERS), 2):
            if (prompt, (one, other)) not in compared:
                continue
            sign = 1 if quality[one] > quality[other] else -1
            a, b = ids[one], ids[other]
            said = ((a, b) in won) - ((b, a) in won)
            ours[prompt] += (1 + sign * said) / 2
            pooled[prompt] += (1 + sign * np.sign(means[a] - means[b])) / 2
            n_pairs[prompt] += 1
    return ours, pooled, n_pairs


def _pooled(path: Path) -> dict[str, float]:
    """The weighted sum of an answer's mean scores over raters."""
    weights = {it.name: it.weight for it in RUBRIC.metric}
    sums: dict[str, float] = {}
    for row in pq.read_table(path, columns=["candidate_id", "metric", "value"]).to_pylist():
        sums[row["candidate_id"]] = sums.get(row["candidate_id"], 0.0) + weights[
            row["metric"]
        ] * float(row["value"])
    return {answer: round(total, 6) for answer, total in sums.items()}


def _sheets(rng: np.random.Generator, truth: np.ndarray, spread: float) -> Iterator[Sheet]:
    """Of each prompt three raters of its team see three answers each."""
    leniency = rng.normal(0, 1, (TEAMS, RATERS))
    leniency *= spread / leniency.std(axis=1, keepdims=True)
    for prompt, quality in enumerate(truth):
        team = prompt // PROMPTS_A_TEAM
        for rater in rng.choice(RATERS, 3, replace=False):
            seen = sorted(rng.choice(ANSWERS, 3, replace=False).tolist())
            scores = careful(rng, {it: quality[it] for it in seen}, NOISE, leniency[team, rater])
            yield Sheet(prompt, f"r{team}-{rater}", scores)
