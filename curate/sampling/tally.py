"""What came of one model's calls, counted once each is on the disk."""

from collections import Counter
from dataclasses import dataclass, field

from annotate.running.call import Outcome
from annotate.running.report import RunReport
from curate.sampling.line import failure_of
from curate.sampling.plan import Work
from schemas.errors import PairwrightError
from schemas.event import Usage


@dataclass(slots=True)
class Tally:
    """One model's run. `calls` are requests sent, repeats included; `stopped` ended it early.

    `reported` counts answers by what the server says it ran.
    """

    work: Work
    sampled: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    reported: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    usage: Usage = field(default_factory=Usage)
    stopped: PairwrightError | None = None

    def count(self, outcome: Outcome[str]) -> None:
        """Count a call that ended."""
        failure = failure_of(outcome)
        if failure:
            self.failed[failure.reason] += 1
            return
        self.sampled += 1
        version = outcome.reply.model_version if outcome.reply else None
        self.reported[version or "unknown"] += 1

    def close(self, report: RunReport) -> None:
        """Take over what the run says at its end."""
        self.calls, self.usage, self.stopped = report.attempts, report.usage, report.stopped

    @property
    def left(self) -> int:
        """Generations that were not asked for."""
        return self.work.left - self.sampled - self.failed.total()
