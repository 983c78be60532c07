"""How often a reward model prefers what people prefer, on rows it did not learn from.

ACC and ACC+ are those of align.accuracy. Ties are held apart: there the difference should be small.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from align.accuracy import PreferenceAccuracy, accuracy_of
from align.reward.exchange import Exchange, exchanges_of
from align.reward.scoring import Scorer
from schemas.base import Count, Record


@dataclass(frozen=True, slots=True)
class PairScore:
    """Both rewards of one held-out row; `cut` counts critiques that were cut off."""

    prompt_id: str
    chosen: float
    rejected: float
    is_tie: bool = False
    cut: int = 0

    @property
    def difference(self) -> float:
        """How much higher the chosen answer's reward is."""
        return self.chosen - self.rejected


class RewardAccuracy(Record):
    """The accuracy on `pairs` pairs of `prompts` prompts.

    `tie_difference` is the mean absolute difference of `ties` ties, null without any that is a
    number. `left_out` counts rows without a critique on both sides, where critiques were given.
    """

    pairs: Count
    prompts: Count
    reward: PreferenceAccuracy
    ties: Count
    tie_difference: float | None
    cut: Count
    left_out: Count


def held_out_accuracy(scorer: Scorer, rows: Iterable[Mapping[str, Any]]) -> RewardAccuracy:
    """Score rows of the `critique-reward` export. In mode `given`, rows with both critiques."""
    left_out: list[str] = []
    return summed_up(list(_scored(scorer, rows, left_out)), len(left_out))


def summed_up(scores: Sequence[PairScore], left_out: int = 0) -> RewardAccuracy:
    """The measures of scored rows."""
    pairs = [it for it in scores if not it.is_tie]
    apart = [abs(it.difference) for it in scores if it.is_tie]
    finite = [it for it in apart if math.isfinite(it)]
    prompts = [it.prompt_id for it in pairs]
    return RewardAccuracy(
        pairs=len(pairs),
        prompts=len(set(prompts)),
        reward=accuracy_of("reward", [it.difference for it in pairs], prompts),
        ties=len(apart),
        tie_difference=math.fsum(finite) / len(finite) if finite else None,
        cut=sum(it.cut for it in scores),
        left_out=left_out,
    )


def _scored(
    scorer: Scorer, rows: Iterable[Mapping[str, Any]], left_out: list[str]
) -> Iterator[PairScore]:
    """Rows a batch at a time, so that pictures of a whole split are never held at once."""
    waiting = iter(rows)
    while chunk := list(islice(waiting, scorer.batch_size)):
        pairs = [(row, *exchanges_of(row)) for row in chunk]
        if scorer.mode == "given":
            left_out += [it[0]["prompt_id"] for it in pairs if not _has_both(*it[1:])]
            pairs = [it for it in pairs if _has_both(*it[1:])]
        found = scorer.scores([answer for it in pairs for answer in it[1:]])
        for row, *_answers in pairs:
            chosen, rejected = next(found), next(found)
            yield PairScore(
                prompt_id=row["prompt_id"],
                chosen=chosen.reward,
                rejected=rejected.reward,
                is_tie=bool(row["is_tie"]),
                cut=chosen.cut + rejected.cut,
            )


def _has_both(chosen: Exchange, rejected: Exchange) -> bool:
    return bool(chosen.critique and rejected.critique)
