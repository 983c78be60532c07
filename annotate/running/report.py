"""What a run comes to: counted only once it is on the disk."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotate.running.call import Outcome
from annotate.running.tab import Tab
from schemas.errors import PairwrightError
from schemas.event import FailureReason, Usage


@dataclass(frozen=True, slots=True)
class RunReport:
    """Calls that ended, `answered` with a value and `failed` by reason; all of them are journaled.

    `usage` and `attempts` are theirs. `left` is how many of those planned are still to be asked,
    None where the plan's size was not given. `stopped` is the error that ended the run early: a
    BudgetError, a StopRun, or what the source of calls raised. The caller raises it.
    """

    answered: int
    failed: Mapping[FailureReason, int]
    attempts: int
    usage: Usage
    left: int | None
    stopped: PairwrightError | None

    @property
    def ended(self) -> int:
        """Calls that ended either way."""
        return self.answered + sum(self.failed.values())


class Tally:
    """A run's report while it grows."""

    def __init__(self) -> None:
        self._answered = 0
        self._failed: Counter[FailureReason] = Counter()
        self._tab = Tab()

    def count(self, outcome: Outcome[Any], cost: int) -> None:
        """Count a call that is in the journal."""
        if outcome.failure:
            self._failed[outcome.failure.reason] += 1
        else:
            self._answered += 1
        self._tab.attempts += outcome.attempts
        self._tab.seconds += outcome.usage.seconds or 0.0
        self._tab.add(outcome.usage, cost)

    def report(self, planned: int | None, stopped: PairwrightError | None) -> RunReport:
        """The report as it stands."""
        ended = self._answered + self._failed.total()
        return RunReport(
            self._answered,
            dict(self._failed),
            self._tab.attempts,
            self._tab.usage(),
            None if planned is None else planned - ended,
            stopped,
        )
