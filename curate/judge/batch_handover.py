"""Handing judgements over as batch jobs: announced on the disk first, money set aside first."""

from collections.abc import Iterator

from annotate.base import GiveUp, Request
from annotate.running.call import Tokens
from annotate.spending.money import dollars
from curate.judge.batch_desk import Desk, Kept
from curate.judge.batch_log import Announced, Entrusted, Job, Started
from curate.judge.batch_results import Result
from curate.judge.events import Events
from curate.judge.queue import Asked, Queue
from schemas.event import Failure, Usage

MOST_LINES = 10_000
"""Judgements of one job: its results are read into memory by key."""


class Handover:
    """What is handed over in one round. `short` is what the cap left no room for."""

    def __init__(self, desk: Desk, queue: Queue) -> None:
        self.short: Tokens | None = None
        self._announced: set[str] = set()
        self._desk, self._queue = desk, queue
        self._ready: list[Asked] = []
        self._chunk: dict[str, Entrusted] = {}
        self._unsendable: list[Kept] = []

    async def work(self, name: str) -> None:
        """Hand over all that is in the queue and that the cap has room for.

        `name` begins the display names. Raises what GeminiBatches raises; a job that was announced
        by then is among the desk's, without a name.
        """
        number = 0
        while self.short is None:
            number += 1
            self._chunk = {}
            jobs = self._desk.batches.submit_all(self._lines(), f"{name}-{number}", self._announce)
            try:
                async for submitted in jobs:
                    self._started(submitted.name)
            finally:
                self._desk.give_back(self._chunk.keys() - self._announced)
            await self._keep_unsendable(name)
            if not self._chunk:
                return

    def _lines(self) -> Iterator[tuple[str, Request]]:
        calls = self._queue.calls
        while len(self._chunk) < MOST_LINES and (asked := self._next()):
            judgement, prompt = asked
            try:
                request = calls.request(judgement, prompt)
            except GiveUp as problem:
                failure = Failure(reason=problem.reason, detail=problem.detail)
                self._unsendable.append((judgement, Result(None, failure, None, Usage())))
                continue
            worst = calls.load(judgement, prompt).worst
            hold = self._desk.budget.reserve_now(worst)
            if hold is None:
                self.short = worst
                return
            self._desk.holds[judgement.key] = hold
            self._chunk[judgement.key] = Entrusted(
                **judgement._asdict(), worst_input=worst.input, worst_output=worst.output
            )
            yield judgement.key, request

    def _next(self) -> Asked | None:
        if not self._ready:
            self._ready = self._queue.next_few()
        return self._ready.pop(0) if self._ready else None

    def _announce(self, display_name: str, keys: tuple[str, ...]) -> None:
        """Write a job down before anything of it leaves."""
        desk = self._desk
        desk.context.open_files()
        held = sum((desk.holds[key].amount for key in keys), 0)
        announced = Announced(
            display_name=display_name,
            at=desk.context.options.now(),
            rater=desk.member.rater_id,
            rubric=desk.context.workspace.rubric,
            ranking=self._ranking(),
            held_usd=dollars(held),
            asked=tuple(self._chunk[key] for key in keys),
        )
        desk.log.write(announced)
        desk.jobs.append(Job(announced, None))
        desk.tries.update(keys)
        self._announced.update(keys)

    def _started(self, name: str) -> None:
        announced = self._desk.jobs.pop().announced
        self._desk.log.write(Started(display_name=announced.display_name, name=name))
        self._desk.jobs.append(Job(announced, name))
        self._desk.context.requests += len(announced.asked)

    def _ranking(self) -> bool:
        context = self._desk.context
        return context.workspace.rubric.ranking and context.section.mode != "pointwise"

    async def _keep_unsendable(self, name: str) -> None:
        """Judgements whose pictures do not decode: they fail without being sent."""
        rubric = self._desk.context.workspace.rubric
        await self._desk.keep(Events(self._desk.member.rater_id, rubric, name), self._unsendable)
        self._unsendable = []
