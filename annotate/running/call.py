"""What the runner takes and gives back: a call, and how it ended.

Judging, sampling and critiques differ only in what they build, how they read a reply and which
line they write of the outcome.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotate.base import Reply, Request
from schemas.event import Failure, Usage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The most tokens that one attempt can take; `output` includes thoughts."""

    input: int
    output: int


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One thing to ask. `key` is the request_hash, 32 hex digits.

    `build` makes the request when the call's turn comes, so that pictures are in memory for calls
    in flight only; it may raise GiveUp, and where it is `slow` it runs in a thread. `read` turns
    the reply's text into a value or raises Unparsable. `repair` makes the request that asks once
    more, from the first request, the reply's text and the problem; without it there is no second
    try. `then` makes the call that a value leads to: the same worker asks it next, once the first
    one's line is on the disk.
    """

    key: str
    build: Callable[[], Request]
    read: Callable[[str], T]
    repair: Callable[[Request, str, str], Request] | None
    worst: Tokens
    slow: bool = False
    then: "Callable[[T], Call[T]] | None" = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """How a call ended: with a value, or with a failure and no value.

    `reply` is the last reply that came, also beside a failure. `usage` is over all attempts, those
    included whose bill is unknown (at their worst case); its `seconds` are the time spent waiting
    for the server, without the pauses between attempts.
    """

    call: Call[T]
    value: T | None
    reply: Reply | None
    failure: Failure | None
    usage: Usage
    attempts: int

    def next_call(self) -> Call[T] | None:
        """The call that the value leads to, None where there is none."""
        if self.failure is not None or self.value is None or self.call.then is None:
            return None
        return self.call.then(self.value)
