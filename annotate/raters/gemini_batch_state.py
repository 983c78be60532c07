"""How far a batch job is, and the sign that it or a file of it is no longer there."""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["waiting", "running", "succeeded", "partial", "failed", "cancelled", "expired"]
ENDED: tuple[Phase, ...] = ("succeeded", "partial", "failed", "cancelled", "expired")
PHASES: dict[str, Phase] = {
    "QUEUED": "waiting",
    "PENDING": "waiting",
    "PAUSED": "waiting",
    "RUNNING": "running",
    "UPDATING": "running",
    "CANCELLING": "running",
    "SUCCEEDED": "succeeded",
    "PARTIALLY_SUCCEEDED": "partial",
    "FAILED": "failed",
    "CANCELLED": "cancelled",
    "EXPIRED": "expired",
}


@dataclass(frozen=True, slots=True)
class BatchState:
    """A job's phase. `word` is the service's own, `results` the file of results once there is one.

    Also a job that succeeded can have requests that failed; those without a result are to be
    submitted again.
    """

    phase: Phase
    word: str
    results: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.phase in ENDED


class BatchGone(Exception):  # noqa: N818 - as TryAgain, an instruction
    """The job, its input or its results are no longer there: submit its requests again.

    Files live for 48 hours.
    """


def state_of(word: str | None, results: str | None) -> BatchState:
    """The state behind the service's word; a word that we do not know is no end."""
    bare = (word or "UNSPECIFIED").removeprefix("JOB_STATE_").removeprefix("BATCH_STATE_")
    return BatchState(PHASES.get(bare, "running"), bare, results)
