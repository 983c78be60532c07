"""What a run comes to, counted from the plan as it stands afterwards.

Counted and not kept up on the way, so a run that was killed, stopped or repeated comes to the same
numbers as one that went through.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from curate.judge.plan import Asked, PlannedPrompt

OPEN = "open"
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Tally:
    """Items of all judges. planned = rated + cached + failed + left.

    `left` are items that are still to be asked, or wait in a batch job: run again.
    """

    planned: int = 0
    rated: int = 0
    cached: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    left: int = 0

    def add(
        self,
        prompt: PlannedPrompt,
        *,
        retry_failed: bool,
        over_budget: bool = False,
        skipped: Mapping[str, str] = NOTHING,
    ) -> None:
        """Count the items of a prompt. `skipped` has the faults that were found while asking."""
        self.planned += len(prompt.items)
        if prompt.fault:
            self.failed[prompt.fault] += len(prompt.items)
            return
        for item in prompt.items:
            reason = _reason(item, retry_failed=retry_failed)
            if reason != OPEN:
                self._count(item, reason)
            elif prompt.prompt_id in skipped:
                self.failed[skipped[prompt.prompt_id]] += 1
            elif over_budget:
                self.failed["budget"] += 1
            else:
                self.left += 1

    def merge(self, other: "Tally") -> None:
        """Count what another one counted."""
        self.planned += other.planned
        self.rated += other.rated
        self.cached += other.cached
        self.failed.update(other.failed)
        self.left += other.left

    def _count(self, item: tuple[Asked, ...], reason: str | None) -> None:
        if reason is not None:
            self.failed[reason] += 1
        elif any(standing is not None and standing.now for _, standing in item):
            self.rated += 1
        else:
            self.cached += 1


def _reason(item: tuple[Asked, ...], *, retry_failed: bool) -> str | None:
    """Why an item is not whole: OPEN where something is still to be asked; None where it is."""
    reason: str | None = None
    for _, standing in item:
        if standing is None or standing.asked_again(retry_failed=retry_failed):
            return OPEN
        reason = reason or standing.reason
    return reason


def counted(
    prompts: Iterator[PlannedPrompt], tally: Tally, *, retry_failed: bool
) -> Iterator[PlannedPrompt]:
    """The same prompts, each counted as it goes by."""
    for prompt in prompts:
        tally.add(prompt, retry_failed=retry_failed)
        yield prompt
