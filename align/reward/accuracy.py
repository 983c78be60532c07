"""How often a reward model prefers what people prefer, on rows it did not learn from.

ACC and ACC+ are those of align.accuracy. Ties are held apart: there the difference should be small.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from align.accuracy import PreferenceAccuracy, accuracy_of
from align.progress import Advance, unseen
from align.reward.exchange import Exchange, exchanges_of
from align.reward.pair_scores import KeptScores, PairScore, Scores
from align.reward.scoring import Scored, Scorer
from schemas.base import Count, Record


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


def held_out_accuracy(
    scorer: Scorer,
    rows: Iterable[Mapping[str, Any]],
    kept: KeptScores | None = None,
    advance: Advance = unseen,
) -> RewardAccuracy:
    """Score rows of the `critique-reward` export. In mode `given`, rows with both critiques.

    A batch that is in `kept` is not scored again, and one that is not is put there.
    """
    scores: Scores = []
    for place, batch in enumerate(_batches(rows, scorer.batch_size)):
        found = kept.of(scorer.mode, place) if kept is not None else None
        if found is None:
            found = _scored(scorer, batch)
            if kept is not None:
                kept.add(scorer.mode, place, found)
        scores += found
        advance(len(batch))
    asked = [one for one in scores if one is not None]
    return summed_up(asked, len(scores) - len(asked))


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


def _batches(rows: Iterable[Mapping[str, Any]], size: int) -> Iterator[Sequence[Mapping[str, Any]]]:
    """Rows a batch at a time, so that pictures of a whole split are never held at once."""
    waiting = iter(rows)
    while batch := list(islice(waiting, size)):
        yield batch


def _scored(scorer: Scorer, batch: Sequence[Mapping[str, Any]]) -> Scores:
    pairs = [exchanges_of(row) for row in batch]
    asked = [scorer.mode != "given" or _has_both(*pair) for pair in pairs]
    answers = [it for pair, wanted in zip(pairs, asked, strict=True) if wanted for it in pair]
    found = scorer.scores(answers)
    return [
        _pair_score(row, next(found), next(found)) if wanted else None
        for row, wanted in zip(batch, asked, strict=True)
    ]


def _pair_score(row: Mapping[str, Any], chosen: Scored, rejected: Scored) -> PairScore:
    return PairScore(
        prompt_id=row["prompt_id"],
        chosen=chosen.reward,
        rejected=rejected.reward,
        is_tie=bool(row["is_tie"]),
        cut=chosen.cut + rejected.cut,
    )


def _has_both(chosen: Exchange, rejected: Exchange) -> bool:
    return bool(chosen.critique and rejected.critique)
