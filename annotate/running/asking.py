"""One call from its request to its outcome."""

import asyncio
from dataclasses import replace
from typing import Generic, TypeVar

from annotate.base import GiveUp, Reply, Request
from annotate.prompting.unparsable import Unparsable
from annotate.running.call import Call, Outcome, Tokens
from annotate.running.halt import Halted
from annotate.running.replies import reply_to
from annotate.running.shared import Shared
from annotate.running.tab import Tab
from annotate.running.window import Place
from schemas.errors import BudgetError
from schemas.event import Failure, FailureReason

T = TypeVar("T")

REPAIR_TOKENS = 512
"""What a repair request says around the reply that it sends back."""


class Asking(Generic[T]):
    """One call being asked by a worker that holds a place in flight."""

    def __init__(self, shared: Shared, place: Place, call: Call[T]) -> None:
        self._shared = shared
        self._place = place
        self._call = call
        self._tab = Tab()
        self._value: T | None = None
        self._reply: Reply | None = None
        self._failure: Failure | None = None

    async def outcome(self) -> Outcome[T]:
        """How the call ended.

        Raises Halted where the run was stopped before the call cost anything. One that cost
        something ends with a failure even then, so that the journal shows its cost.
        """
        try:
            await self._converse()
        except GiveUp as failure:
            self._failure = Failure(reason=failure.reason, detail=failure.detail)
        except Halted:
            if not self._tab.cost:
                raise
            self._failure = self._cut_short()
        return Outcome(
            self._call,
            self._value,
            self._reply,
            self._failure,
            self._tab.usage(),
            self._tab.attempts,
        )

    @property
    def cost(self) -> int:
        """Picodollars so far."""
        return self._tab.cost

    async def _converse(self) -> None:
        """Ask, and once more where the reply cannot be read."""
        call = self._call
        request = await asyncio.to_thread(call.build) if call.slow else call.build()
        reply = await self._ask(request, call.worst)
        problem = self._read(reply)
        if problem is None or call.repair is None:
            return
        again = call.repair(request, reply.text, problem)
        # It sends the first reply back, so its input is that much longer.
        longer = call.worst.input + call.worst.output + REPAIR_TOKENS
        self._read(await self._ask(again, replace(call.worst, input=longer)))

    async def _ask(self, request: Request, worst: Tokens) -> Reply:
        self._reply = await reply_to(self._shared, self._place, request, worst, self._tab)
        return self._reply

    def _read(self, reply: Reply) -> str | None:
        """Take the reply's value or failure; the problem where asking again may mend it."""
        self._failure = None
        if reply.finish != "stop":
            self._failure = Failure(reason=reply.finish, detail=reply.detail)
            return None
        try:
            self._value = self._call.read(reply.text)
        except Unparsable as bad:
            self._failure = self._tab.trouble = Failure(reason=bad.reason, detail=bad.problem)
            return bad.problem
        return None

    def _cut_short(self) -> Failure:
        """The failure of a call that cost something and that the run's end kept from going on."""
        reason: FailureReason = "budget"
        detail = "the budget did not reach for another attempt"
        if self._tab.trouble and not isinstance(self._shared.halt.reason, BudgetError):
            reason = self._tab.trouble.reason
            detail = "the run was stopped before another attempt"
        before = f"{self._tab.trouble.detail}; " if self._tab.trouble else ""
        return Failure(reason=reason, detail=before + detail)
