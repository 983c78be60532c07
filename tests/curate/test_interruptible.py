"""A coroutine run from where a loop runs already, as in a notebook's cell."""

import asyncio
import subprocess
import sys

import pytest

from curate.interruptible import run_interruptible

CELL = """
import asyncio, os, signal, threading
from curate.interruptible import run_interruptible

async def work():
    try:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        await asyncio.sleep(60)
    finally:
        print("cleaned up", flush=True)

async def cell():
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run_interruptible(work())
    except KeyboardInterrupt:
        print("stopped", flush=True)

asyncio.run(cell())
"""


async def answer() -> int:
    await asyncio.sleep(0)
    return 42


async def fault() -> int:
    await asyncio.sleep(0)
    raise ValueError("a fault of the work")


def test_it_gives_what_the_coroutine_gives() -> None:
    assert run_interruptible(answer()) == 42


def test_it_gives_the_same_where_a_loop_runs() -> None:
    async def cell() -> int:
        return run_interruptible(answer())

    assert asyncio.run(cell()) == 42


def test_a_fault_comes_through_where_a_loop_runs() -> None:
    async def cell() -> int:
        return run_interruptible(fault())

    with pytest.raises(ValueError, match="a fault of the work"):
        asyncio.run(cell())


def test_an_interrupted_cell_lets_the_work_clean_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CELL], capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode, done.stdout.split("\n")[:2]) == (0, ["cleaned up", "stopped"])
