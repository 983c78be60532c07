"""Careless raters among careful ones: one in ten guesses, draws straight lines or copies."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.stats import binomtest

from benchmarks.simulate.outcome import Outcome
from benchmarks.simulate.raters import Scores, at_random, careful, in_a_line, qualities
from benchmarks.simulate.workspace import ANSWERS, Sheet, write
from curate.quality.measure import measure

WORKSPACES, RATERS, CARELESS, PROMPTS = 10, 30, 3, 300
NOISES = (0.4, 1.2)
"""Careful raters are not alike."""


def outcomes() -> Iterator[Outcome]:
    """Recall and precision over all workspaces."""
    hits, found, there = 0, 0, 0
    for number in range(WORKSPACES):
        rng = np.random.default_rng([12, number])
        with TemporaryDirectory() as folder:
            sheets = _sheets(rng)
            quality = measure(write(Path(folder) / "w", PROMPTS, sheets))
        named = {it.rater for it in quality.raters if it.careless}
        hits += len({it for it in named if it.startswith("careless")})
        found += len(named)
        there += CARELESS
    yield _share("recall of 10 % careless raters", hits, there, 0.9)
    yield _share("precision of 10 % careless raters", hits, max(found, 1), 0.8)


def _share(name: str, part: int, whole: int, target: float) -> Outcome:
    interval = binomtest(part, whole).proportion_ci(method="wilson")
    name = f"{name} ({part} of {whole})"
    return Outcome(name, part / whole, interval.low, interval.high, target)


def _sheets(rng: np.random.Generator) -> list[Sheet]:
    """Three raters a prompt. Of the careless the first guesses, the second draws lines, one copies.

    A copier votes after the others and repeats one of them on most prompts.
    """
    names = [f"careless-{it}" for it in range(CARELESS)]
    names += [f"careful-{it}" for it in range(RATERS - CARELESS)]
    noise = rng.uniform(*NOISES, RATERS)
    sheets = []
    for prompt, quality in enumerate(qualities(rng, PROMPTS, ANSWERS)):
        truth = {place: float(it) for place, it in enumerate(quality)}
        chosen = sorted(rng.choice(RATERS, 3, replace=False).tolist(), reverse=True)
        scores: Scores = {}
        for minute, rater in enumerate(chosen):
            if rater == 0:
                scores = at_random(rng, truth)
            elif rater == 1:
                scores = in_a_line(rng, truth)
            elif rater != 2 or rng.random() < 0.2:
                scores = careful(rng, truth, noise[rater])
            sheets.append(Sheet(prompt, names[rater], scores, minute))
    return sheets
