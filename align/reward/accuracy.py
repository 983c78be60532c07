"""How often a reward model prefers what people prefer, on rows it did not learn from.

ACC is the share of pairs whose chosen answer has the strictly higher reward, ACC+ the share of
prompts all of whose pairs have. Ties are held apart: there the difference should be small.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from align.reward.exchange import Exchange, exchanges_of
from align.reward.scoring import Scorer


@dataclass(frozen=True, slots=True)
class PairScore:
    """Both rewards of one held-out row."""

    prompt_id: str
    chosen: float
    rejected: float
    is_tie: bool = False
    cut: int = 0

    @property
    def is_right(self) -> bool:
        """Whether the chosen answer has the higher reward; equal and not finite is wrong."""
        return math.isfinite(self.chosen - self.rejected) and self.chosen > self.rejected


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`acc` and `acc_plus` are null without pairs, `tie_difference` (a mean) without ties.

    `failed` counts rows with a reward that is no finite number, `cut` critiques that were cut off,
    `left_out` rows without a critique on both sides, where critiques were to be given.
    """

    pairs: int
    prompts: int
    acc: float | None
    acc_plus: float | None
    ties: int
    tie_difference: float | None
    failed: int
    cut: int
    left_out: int

    def as_dict(self) -> dict[str, Any]:
        """The numbers by name."""
        return asdict(self)


def held_out_accuracy(scorer: Scorer, rows: Iterable[Mapping[str, Any]]) -> Accuracy:
    """Score rows of the `critique-reward` export. In mode `given`, rows with both critiques."""
    left_out: list[str] = []
    return accuracy_of(list(_scored(scorer, rows, left_out)), len(left_out))


def accuracy_of(scores: Sequence[PairScore], left_out: int = 0) -> Accuracy:
    """The measures of scored rows."""
    pairs = [it for it in scores if not it.is_tie]
    apart = [abs(it.chosen - it.rejected) for it in scores if it.is_tie]
    finite = [it for it in apart if math.isfinite(it)]
    by_prompt: dict[str, bool] = defaultdict(lambda: True)
    for it in pairs:
        by_prompt[it.prompt_id] &= it.is_right
    return Accuracy(
        pairs=len(pairs),
        prompts=len(by_prompt),
        acc=_share([it.is_right for it in pairs]),
        acc_plus=_share(list(by_prompt.values())),
        ties=len(apart),
        tie_difference=sum(finite) / len(finite) if finite else None,
        failed=sum(not math.isfinite(it.chosen - it.rejected) for it in scores),
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


def _share(rights: Sequence[bool]) -> float | None:
    return sum(rights) / len(rights) if rights else None
