"""A rater that fails by plan, keeps the server's own books, and checks what it is promised."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from annotate.base import GiveUp, Reply, Request, StopRun, TryAgain
from annotate.prompting.unparsable import Unparsable
from annotate.running.call import Call, Tokens
from annotate.spending.money import Rates
from schemas.event import Usage

Kind = Literal[
    "good", "bad", "truncated", "blocked", "busy", "broken", "timeout", "hangs", "wrong", "stop"
]
WORST = Tokens(1000, 500)
MODEL = "fake-1"
VERSION = "fake-1-0042"
FREE = Rates()


@dataclass(frozen=True, slots=True)
class Step:
    """What the server does with one request. `used` is the share of the worst case it bills."""

    kind: Kind = "good"
    seconds: float = 1.0
    after: float | None = None
    used: float = 0.5


Plan = Callable[[str, int], Step]
"""What happens to a key's n-th request, counted from 0."""


@dataclass
class FakeRater:
    """Answers by plan. `billed` is what the server will ask for, in picodollars.

    `watch` is called at every request; it asserts what must hold at any moment.
    """

    plan: Plan
    rates: Rates = FREE
    watch: Callable[[], None] = lambda: None
    model: str = MODEL
    asked: Counter[str] = field(default_factory=Counter)
    sent_at: list[float] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    billed: int = 0
    killed: bool = False

    async def ask(self, request: Request, *, timeout: float) -> Reply:  # noqa: ASYNC109 - the contract's
        if self.killed:
            await asyncio.sleep(1e9)  # its process is gone: nothing leaves any more
        step = self.plan(request.system, self.asked[request.system])
        self.asked[request.system] += 1
        self.sent_at.append(asyncio.get_running_loop().time())
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            self.watch()
            return await self._answered(step, _worst_of(request), timeout)
        finally:
            self.in_flight -= 1

    async def close(self) -> None:
        pass

    async def _answered(self, step: Step, worst: Tokens, limit: float) -> Reply:
        usage = Usage(
            input_tokens=int(worst.input * step.used), output_tokens=int(worst.output * step.used)
        )
        slow = step.kind == "timeout"
        try:
            await asyncio.sleep(1e9 if step.kind == "hangs" else limit if slow else step.seconds)
        except asyncio.CancelledError:
            self.billed += self.rates.cost(usage)
            raise
        if step.kind in {"good", "bad", "truncated", "blocked", "timeout"}:
            self.billed += self.rates.cost(usage)
        _fail(step)
        text = "4" if step.kind == "good" else "four"
        finish = step.kind if step.kind in {"truncated", "blocked"} else "stop"
        return Reply(text, finish, usage, VERSION)


def _fail(step: Step) -> None:
    if step.kind == "busy":
        raise TryAgain("refused_by_server", "429", after=step.after, throttled=True)
    if step.kind == "broken":
        raise TryAgain("refused_by_server", "503", after=step.after)
    if step.kind == "timeout":
        raise TryAgain("timeout", "no answer", may_be_billed=True)
    if step.kind == "wrong":
        raise GiveUp("refused_by_server", "400")
    if step.kind == "stop":
        raise StopRun("the key is invalid", "set GEMINI_API_KEY")


def always(*steps: Step) -> Plan:
    """The same steps for every key, the last one from then on."""
    return lambda _key, number: steps[min(number, len(steps) - 1)]


def by_chance(seed: int, kinds: Sequence[Kind], good: float) -> Plan:
    """Steps drawn by key and number: good with that chance, else one of the kinds."""

    def plan(key: str, number: int) -> Step:
        rng = Random(f"{seed} {key} {number}")
        kind = "good" if rng.random() < good else rng.choice(kinds)
        after = rng.choice([None, 0.0, rng.uniform(0, 20)])
        return Step(kind, rng.choice([0.0, 0.3, rng.uniform(0, 5)]), after, rng.random())

    return plan


def call(number: int, worst: Tokens = WORST, *, repairs: bool = True) -> Call[int]:
    """A call whose value is 4 where all goes well."""
    key = f"{number:032x}"
    return Call(key, lambda: request_of(key, worst), _read, _repair if repairs else None, worst)


def request_of(key: str, worst: Tokens = WORST) -> Request:
    """The request of a key; its schema tells the fake how large the worst case is."""
    schema = {"input": worst.input, "output": worst.output}
    return Request((), system=key, schema=schema)


def _worst_of(request: Request) -> Tokens:
    assert request.schema is not None
    return Tokens(request.schema["input"], request.schema["output"])


def _read(text: str) -> int:
    if not text.isdigit():
        raise Unparsable(f"{text!r} is no number")
    return int(text)


def _repair(request: Request, text: str, problem: str) -> Request:
    assert text in problem
    return request
