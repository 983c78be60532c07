"""The server in a thread of its own, for tests that are not asynchronous."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.judge_server.record import Record
from tests.support.judge_server.server import JudgeServer


@contextmanager
def serving(**settings: Any) -> Iterator[tuple[str, Record]]:
    """The address and the record of a server; settings are those of JudgeServer."""
    server = JudgeServer(**settings)
    loop, up, down = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def run() -> None:
        try:
            async with server:
                up.set()
                await down.wait()
        finally:
            up.set()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    up.wait()
    try:
        yield server.base_url, server.record
    finally:
        loop.call_soon_threadsafe(down.set)
        thread.join()
        loop.close()
