import os
import signal
import threading
import time

import duckdb
import pytest

from curate.interrupts import stop_on_interrupt, watching

SLOW = "select count(*) from range(3000000) a, range(3000000) b where a.range * b.range % 7 = 9"


def press_ctrl_c(after: float) -> threading.Thread:
    """Send the signal from beside, after so many seconds."""

    def press() -> None:
        time.sleep(after)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=press)
    thread.start()
    return thread


def run_until_stopped(connection: duckdb.DuckDBPyConnection) -> None:
    """Run a statement of hours. What it raises when stopped may come before or as the interrupt."""
    try:
        try:
            connection.execute(SLOW).fetchall()
        except (RuntimeError, duckdb.Error):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return


def test_ctrl_c_stops_a_statement_that_runs() -> None:
    with duckdb.connect() as connection, watching() as watch:
        stop_on_interrupt(connection)
        press_ctrl_c(0.3)
        begun = time.monotonic()
        run_until_stopped(connection)
        assert watch.stopped
        assert time.monotonic() - begun < 10


def test_a_closed_connection_is_passed_over() -> None:
    connection = duckdb.connect()
    with watching():
        stop_on_interrupt(connection)
        connection.close()
        press_ctrl_c(0.1)
        with pytest.raises(KeyboardInterrupt):
            time.sleep(5)


def test_afterwards_ctrl_c_is_as_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with watching() as watch:
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    assert not watch.stopped


def test_a_process_told_to_ignore_ctrl_c_goes_on_ignoring_it() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with watching() as watch:
            os.kill(os.getpid(), signal.SIGINT)
        assert not watch.stopped
    finally:
        signal.signal(signal.SIGINT, before)


def test_outside_the_main_thread_nothing_is_changed() -> None:
    found = []

    def look() -> None:
        with watching():
            found.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [signal.default_int_handler]
