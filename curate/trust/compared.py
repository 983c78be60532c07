"""Pairs that people and judges compared on the overlap, from a build's tables to arrays."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from annotate.quality.calibration import Votes
from curate.engines.base import Engine

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Compared:
    """One row a pair: its prompt, its leakage group in a seeded order, what each side says.

    `judged` and `decided` are the signs of the judges' and of most people's preference. `votes`
    holds the pairs on which the judges gave scores, and `scored` says which these are.
    """

    prompts: Integers
    groups: Integers
    weight: Floats
    judged: Integers
    decided: Integers
    longer: Integers
    scored: "npt.NDArray[np.bool_]"
    votes: Votes


def compared(engine: Engine) -> Compared:
    """The rows of `overlap_pairs`."""
    table = engine.table("trust/compared_rows")
    column = {name: table[name].to_numpy() for name in table.column_names}
    weight = 1 / column["probability"].astype(np.float64)
    people = column["n_people"].astype(np.float64)
    wins = (people + column["n_one"] - column["n_other"]) / (2 * people)
    length = (column["one_length"] - column["other_length"]).astype(np.float64)
    share = column["share"].astype(np.float64)
    scored = np.isfinite(share)
    every = Votes(share, length, wins, people, weight)
    return Compared(
        prompts=column["prompt_no"].astype(np.int64),
        groups=column["fold_place"].astype(np.int64),
        weight=weight,
        judged=column["judged"].astype(np.int64),
        decided=np.sign(column["n_one"] - column["n_other"]).astype(np.int64),
        longer=np.sign(length).astype(np.int64),
        scored=scored,
        votes=every.at(scored),
    )
