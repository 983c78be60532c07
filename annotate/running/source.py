"""Calls taken one by one from wherever they come, never ahead of need."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Generic, TypeVar

from annotate.running.call import Call

T = TypeVar("T")


class Source(Generic[T]):
    """The calls of a run. Of a plain iterable, each step runs in the event loop: keep it short."""

    def __init__(self, calls: Iterable[Call[T]] | AsyncIterable[Call[T]]) -> None:
        self._plain: Iterator[Call[T]] | None = None
        self._awaited: AsyncIterator[Call[T]] | None = None
        if isinstance(calls, AsyncIterable):
            self._awaited = aiter(calls)
        else:
            self._plain = iter(calls)
        self._lock = asyncio.Lock()

    async def next(self) -> Call[T] | None:
        """The next call, None once there are no more."""
        if self._plain is not None:
            return next(self._plain, None)
        assert self._awaited is not None  # noqa: S101 - one of the two is set
        async with self._lock:  # an async generator takes one caller at a time
            return await anext(self._awaited, None)
