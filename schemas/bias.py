"""Biases in votes, and what rules without a look at content score: part of `manifest.json`."""

from schemas.base import Record
from schemas.quality import Figure


class Probe(Record):
    """How often something won; without a bias it is `neutral`, null where nobody knows that.

    `limit` is what `[limits]` allows, null where it is not held to any. `above`: even the bound of
    the interval nearest to neutral is beyond the limit.
    """

    figure: Figure
    neutral: float | None
    limit: float | None = None
    above: bool = False


class Baselines(Record):
    """What rules without a look at content score on these pairs, ties as halves.

    `longer` takes the longer answer, `first` the one shown earlier where that is known, `model` the
    answer of the model that wins more of its other prompts' pairs, and `coin` is one half.
    """

    pairs: int
    longer: Figure
    first: Figure
    model: Figure
    coin: float = 0.5


class BiasReport(Record):
    """Probes by name, and what trivial rules score on the build's pairs, by category.

    Probes look at the votes on the first 20,000 prompts by id. `first_shown.*`: the answer shown
    earlier wins, of decided votes. `swap_flips`: a judge that saw two answers in both orders
    prefers another one. `own_family`: a judge prefers an answer by its own family of models to
    another's; `own_family_excess` is by how much more often than people on the same pairs.
    `longer_at_equal`: a judge prefers the longer of answers that people hold equal. `refusal.*`:
    a refusal is preferred to an answer, apart on safety prompts.

    `slots` says by level and place, from 0, how far totals lie above the mean of their event, in
    weighted points: 0 where places do nothing and orders are drawn.
    """

    probes: dict[str, Probe] = {}
    slots: dict[str, tuple[Figure, ...]] = {}
    overall: Baselines | None = None
    categories: dict[str, Baselines] = {}
