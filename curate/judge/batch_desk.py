"""One judge's batch jobs in one run: which are under way, and the money that is set aside."""

from collections import Counter
from collections.abc import Iterable, Sequence

from annotate.journal import line_of
from annotate.raters.gemini_batch import GeminiBatches
from annotate.spending.budget import Hold
from annotate.spending.money import dollars
from curate.judge.batch_log import Announced, BatchLog, Ended, Job
from curate.judge.batch_results import Result
from curate.judge.context import Context
from curate.judge.events import Events, event_id_of
from curate.judge.members import Member
from curate.judge.questions import Judgement
from curate.judge.tables import read

Kept = tuple[Judgement, Result]


class Desk:
    """`jobs` are those without an end, `holds` the money of each judgement that is with one.

    `tries` counts how often this run has handed a judgement over, or found it handed over. `lost`
    are picodollars by job that may be billed for what is in no journal.
    """

    def __init__(
        self, context: Context, member: Member, batches: GeminiBatches, log: BatchLog
    ) -> None:
        self.context, self.member = context, member
        self.batches, self.log = batches, log
        self.budget = context.budget(member, None)
        self.jobs: list[Job] = []
        self.holds: dict[str, Hold] = {}
        self.tries: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()

    def attach(self, job: Job) -> None:
        """Take a job of an earlier run up: what of it is not in a journal yet is waited for."""
        journaled = self._journaled(job.announced)
        for entrusted in job.announced.asked:
            if entrusted.key not in journaled:
                self.holds[entrusted.key] = self.budget.commit(entrusted.worst)
                self.tries[entrusted.key] += 1
        self.jobs.append(job)

    async def keep(self, events: Events, kept: Sequence[Kept]) -> None:
        """Bring judgements to the disk."""
        if not kept:
            return
        context = self.context
        now = context.options.now()
        lines = [
            line_of(events.of(judgement, came.said, came.failure, came.version, came.usage, now))
            for judgement, came in kept
        ]
        context.open_files()
        await context.files.committer.commit(b"".join(lines))
        context.calls += len(kept)
        context.done(self.budget.spent_usd, len(kept))

    def give_back(self, keys: Iterable[str]) -> None:
        """Give back the money of judgements that cost nothing."""
        for key in keys:
            hold = self.holds.pop(key, None)
            if hold is not None:
                self.budget.release(hold)

    def lose(self, job: Job) -> None:
        """Count what a job has not given at its worst: nobody knows its bill."""
        for entrusted in job.announced.asked:
            hold = self.holds.pop(entrusted.key, None)
            if hold is not None:
                self.lost[job.announced.display_name] += self.budget.settle_unknown(hold)

    def end(self, job: Job, how: str) -> None:
        """Write down that nothing more will come of a job, and give back what it did not take."""
        name = job.announced.display_name
        lost = dollars(self.lost.pop(name, 0))
        self.log.write(Ended(display_name=name, how=how, lost_usd=lost))
        self.context.lost_usd += lost
        self.jobs.remove(job)
        self.give_back(entrusted.key for entrusted in job.announced.asked)

    def _journaled(self, announced: Announced) -> set[str]:
        """Keys of a job whose events are in a journal already."""
        keys = [entrusted.key for entrusted in announced.asked]
        name = announced.display_name
        return {
            row["request_hash"]
            for row in read(self.context.engine, "judge/known_among", keys=keys)
            if row["came"] or row["event_id"] == event_id_of(name, row["request_hash"])
        }
