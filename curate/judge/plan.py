"""The plan of one judge: prompt by prompt, what came, what failed, and what is still to be asked.

It streams in the order of prompt ids and is made anew wherever it is needed: to ask, to estimate,
to count. So no list of all judgements is ever held.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from curate.engines.duckdb import DuckDBEngine
from curate.judge.hashing import Hashing, Looks
from curate.judge.questions import Judgement, items_of
from schemas.config_judge import JudgeSection
from schemas.event import FailureReason

ROWS = 2_000
ASKED_AGAIN = ("timeout", "budget")
"""Failures that say nothing about the question."""
FINAL = "blocked"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a judgement that was asked stands: `reason` is null where it came.

    `now` says whether it was asked in the run that goes on.
    """

    reason: FailureReason | None = None
    event_id: str | None = None
    now: bool = False

    def asked_again(self, *, retry_failed: bool) -> bool:
        """Whether a new run asks it once more."""
        if self.reason is None or self.now:
            return False
        return self.reason in ASKED_AGAIN or (retry_failed and self.reason != FINAL)


CAME, CAME_NOW = Standing(), Standing(now=True)
Asked = tuple[Judgement, Standing | None]
"""A judgement and how it stands, None where it was never asked."""


@dataclass(frozen=True, slots=True)
class PlannedPrompt:
    """A prompt's items. With a `fault` (missing_media, ...) nothing about it can be asked."""

    prompt_id: str
    fault: str | None
    items: tuple[tuple[Asked, ...], ...]

    def to_ask(self, *, retry_failed: bool) -> Iterator[Judgement]:
        """The judgements that a run has to ask."""
        if self.fault:
            return
        for item in self.items:
            for judgement, standing in item:
                if standing is None or standing.asked_again(retry_failed=retry_failed):
                    yield judgement


def planned(
    engine: DuckDBEngine, section: JudgeSection, hashing: Hashing
) -> Iterator[PlannedPrompt]:
    """The plan, one prompt after another."""
    for batch in engine.batches("judge/plan", ROWS):
        columns = [column.to_pylist() for column in batch.columns]
        for row in zip(*columns, strict=True):
            yield _planned(section, hashing, *row)


def _planned(
    section: JudgeSection,
    hashing: Hashing,
    prompt_id: str,
    candidate_ids: str,
    looks: str,
    fault: str | None,
    reference: str,
    came: str,
    failed: str,
    came_now: str,
    failed_now: str,
) -> PlannedPrompt:
    candidates = candidate_ids.split(" ")
    standings = _failures(failed, now=False)
    standings.update(dict.fromkeys(came.split(" "), CAME))
    standings.update(_failures(failed_now, now=True))
    standings.update(dict.fromkeys(came_now.split(" "), CAME_NOW))
    items = []
    for item in items_of(section, prompt_id, candidates):
        asked: list[Asked] = []
        for order_no, shown in enumerate(item):
            for sample in range(section.samples):
                key = hashing.of(cast("Looks", looks), prompt_id, shown, sample, reference)
                standing = standings.get(key)
                supersedes = standing.event_id if standing else None
                asked.append(
                    (Judgement(key, prompt_id, shown, order_no, sample, supersedes), standing)
                )
        items.append(tuple(asked))
    return PlannedPrompt(prompt_id, fault, tuple(items))


def _failures(text: str, *, now: bool) -> dict[str, Standing]:
    """Standings out of `hash:reason:event_id`, joined by spaces."""
    found = {}
    for entry in text.split(" ") if text else ():
        key, reason, event_id = entry.split(":")
        found[key] = Standing(cast("FailureReason", reason), event_id, now)
    return found
