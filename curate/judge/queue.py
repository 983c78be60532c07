"""The judgements to ask, taken from the plan as they are needed, with their words at hand.

Plan and texts are read in a thread, a handful of prompts ahead, so that the event loop is never
held up by the disk.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Container, Iterator

from annotate.running.call import Call
from curate.engines.duckdb import DuckDBEngine
from curate.judge.calls import Answers, Calls, calls_of
from curate.judge.hashing import Hashing
from curate.judge.members import Member
from curate.judge.plan import PlannedPrompt, planned
from curate.judge.questions import Judgement
from curate.judge.tally import Tally, counted
from curate.judge.texts import AskedPrompt, Texts
from curate.workspace import Workspace

AHEAD = 100
Asked = tuple[Judgement, AskedPrompt]


def unheard(_count: int) -> None:
    """Tell nobody."""


class Queue:
    """What one judge is still to be asked.

    `asked` holds the judgements that were handed out and not yet taken back; `skipped` the fault
    of prompts that turned out not to be askable. Judgements in `waiting` are on their way already.
    `passed_by` hears how many judgements need nothing.
    """

    def __init__(
        self,
        prompts: Iterator[PlannedPrompt],
        texts: Texts,
        calls: Calls,
        *,
        retry_failed: bool,
        waiting: Container[str] = (),
        passed_by: Callable[[int], None] = unheard,
    ) -> None:
        self.asked: dict[str, Judgement] = {}
        self.skipped: dict[str, str] = {}
        self.calls = calls
        self._prompts, self._texts = prompts, texts
        self._retry_failed, self._waiting = retry_failed, waiting
        self._passed_by = passed_by
        self._ready: list[Asked] | None = None

    def __aiter__(self) -> AsyncIterator[Call[Answers]]:
        return self._handed_out()

    def anything(self) -> bool:
        """Whether there is anything to ask. Reads ahead to know."""
        if self._ready is None:
            self._ready = self.next_few()
        return bool(self._ready)

    def next_few(self) -> list[Asked]:
        """The judgements of the next few prompts that have any to ask; empty at the end."""
        while few := self._few():
            if ready := self._with_texts(few):
                return ready
        return []

    def _few(self) -> dict[str, list[Judgement]]:
        few: dict[str, list[Judgement]] = {}
        for prompt in self._prompts:
            judgements = [
                judgement
                for judgement in prompt.to_ask(retry_failed=self._retry_failed)
                if judgement.key not in self._waiting
            ]
            if not prompt.fault:
                self._passed_by(sum(map(len, prompt.items)) - len(judgements))
            if judgements:
                few[prompt.prompt_id] = judgements
            if len(few) == AHEAD:
                break
        return few

    def _with_texts(self, few: dict[str, list[Judgement]]) -> list[Asked]:
        """The judgements beside their texts, but for those of prompts whose media are gone."""
        ready = []
        for prompt_id, prompt in self._texts.of(list(few)).items():
            fault = self.calls.pictures.fault(prompt.media)
            if fault:
                self.skipped[prompt_id] = fault
                self._passed_by(len(few[prompt_id]))
                continue
            ready += [(judgement, prompt) for judgement in few[prompt_id]]
        return ready

    async def _handed_out(self) -> AsyncIterator[Call[Answers]]:
        while True:
            if self._ready is None:
                self._ready = await asyncio.to_thread(self.next_few)
            if not self._ready:
                return
            ready, self._ready = self._ready, None
            for judgement, prompt in ready:
                self.asked[judgement.key] = judgement
                yield self.calls.call(judgement, prompt)


def queue_of(
    workspace: Workspace,
    engine: DuckDBEngine,
    member: Member,
    tally: Tally,
    *,
    retry_failed: bool,
    waiting: Container[str] = (),
    output: float | None = None,
    passed_by: Callable[[int], None] = unheard,
) -> Queue:
    """What is to be asked of a judge; the items of what it passes are counted in `tally`.

    `output` is what the judge's replies took so far for each score, in tokens.
    """
    section = workspace.settings.config.judge
    prompts = planned(engine, section, Hashing(member, section, workspace.rubric))
    return Queue(
        counted(prompts, tally, retry_failed=retry_failed),
        Texts(engine),
        calls_of(workspace, member, output),
        retry_failed=retry_failed,
        waiting=waiting,
        passed_by=passed_by,
    )
