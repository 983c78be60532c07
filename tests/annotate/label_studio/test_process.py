"""A process is stopped by its pid, and never another that was given the same number."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.label_studio.process import ProcessId, identify, is_running, stop
from tests.support.waiting import until

DEAF = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
signal.pause()
"""

HEADLESS = """
import ctypes, threading, time
threading.Thread(target=time.sleep, args=(60,)).start()
print("up", flush=True)
ctypes.CDLL(None).pthread_exit(None)
"""


@pytest.fixture
def child() -> Iterator["subprocess.Popen[str]"]:
    """A process that sleeps."""
    with subprocess.Popen(["sleep", "60"], text=True) as started:
        yield started
        started.kill()


def known(pid: int) -> ProcessId:
    found = identify(pid)
    assert found is not None
    return found


def test_a_running_process_is_stopped(child: "subprocess.Popen[str]") -> None:
    process = known(child.pid)
    assert is_running(process)
    assert stop(process)
    assert not is_running(process)
    assert child.wait() == -signal.SIGTERM


def test_one_that_does_not_listen_is_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE, text=True) as deaf:
        assert deaf.stdout
        assert deaf.stdout.readline() == "up\n"
        assert stop(known(deaf.pid), patience=0.3)
        assert deaf.wait() == -signal.SIGKILL


def test_a_process_that_ended_is_not_running_even_before_it_is_buried() -> None:
    child = subprocess.Popen(["sleep", "60"])
    process = known(child.pid)
    os.kill(child.pid, signal.SIGKILL)
    until(lambda: not is_running(process))
    assert not stop(process)
    child.wait()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc tells of threads here")
def test_a_process_whose_first_thread_ended_runs_on_and_is_stopped() -> None:
    with subprocess.Popen([sys.executable, "-c", HEADLESS], stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        stat = Path(f"/proc/{child.pid}/stat")
        until(lambda: ") Z " in stat.read_text("utf-8"))
        assert is_running(known(child.pid))
        assert stop(known(child.pid))


def test_another_process_with_the_same_number_is_left_alone(
    child: "subprocess.Popen[str]",
) -> None:
    earlier = ProcessId(pid=child.pid, started="1")
    assert not is_running(earlier)
    assert not stop(earlier)
    assert child.poll() is None
