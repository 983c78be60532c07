"""Raters asked against a server of their own: one call, or one after another, then all closed."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from annotate.base import GiveUp, Picture, Rater, Reply, Request, StopRun, Text, TryAgain, Turn
from tests.support.judge_server.record import Record
from tests.support.judge_server.server import JudgeServer

KEY = "AIzaLoopbackLoopbackLoopbackLoopback123"
MODEL = "gemini-4-argon"
SCHEMA = {
    "type": "object",
    "properties": {
        "rationale": {"type": "string"},
        "score": {"type": "integer", "minimum": 1, "maximum": 5},
    },
    "required": ["rationale", "score"],
}
PICTURE = Picture(b"\x89PNG not really", "image/png")
REQUEST = Request(
    turns=(Turn("user", (Text("Which is better?"), PICTURE, Text("A or B?"))),),
    system="You judge.",
    schema=SCHEMA,
)
T = TypeVar("T")


def asked(
    of: Callable[[str], Rater],
    request: Request = REQUEST,
    *,
    times: int = 1,
    timeout: float = 5.0,
    **settings: Any,
) -> tuple[list[Reply | Exception], Record]:
    """What came of asking `times` times, errors too, and the server's record."""

    async def run() -> tuple[list[Reply | Exception], Record]:
        async with JudgeServer(**settings) as server:
            rater = of(server.base_url)
            try:
                came = [await _outcome(rater, request, timeout) for _ in range(times)]
            finally:
                await rater.close()
            return came, server.record

    return asyncio.run(run())


async def _outcome(rater: Rater, request: Request, seconds: float) -> Reply | Exception:
    try:
        return await rater.ask(request, timeout=seconds)
    except (TryAgain, GiveUp, StopRun) as error:  # all that a rater may raise
        return error


def reply(of: Callable[[str], Rater], request: Request = REQUEST, **settings: Any) -> Reply:
    """The one reply."""
    came = asked(of, request, **settings)[0][0]
    if isinstance(came, Exception):
        raise came
    return came


def problem(
    of: Callable[[str], Rater], kind: type[T], request: Request = REQUEST, **settings: Any
) -> T:
    """The one error, which is of this kind."""
    came = asked(of, request, **settings)[0][0]
    assert isinstance(came, kind), came
    return came
