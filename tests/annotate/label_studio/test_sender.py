"""One piece of work at a time, in order, while the next is made ready."""

import threading

import pytest

from annotate.label_studio.sender import Sender


def test_work_is_done_beside_and_in_order() -> None:
    done: list[int] = []
    go_on = threading.Event()

    def first() -> None:
        assert go_on.wait(10)
        done.append(1)

    with Sender() as sender:
        sender.hand_over(first)
        assert done == []
        go_on.set()
        sender.hand_over(lambda: done.append(2))
        sender.wait()
    assert done == [1, 2]


def test_an_error_is_raised_where_the_next_is_handed_over_which_is_not_run() -> None:
    done: list[int] = []

    def fail() -> None:
        raise ValueError("no")

    with Sender() as sender:
        sender.hand_over(fail)
        with pytest.raises(ValueError, match="no"):
            sender.hand_over(lambda: done.append(2))
    assert done == []


def test_an_error_is_raised_at_the_end() -> None:
    def fail() -> None:
        raise ValueError("no")

    with Sender() as sender:
        sender.hand_over(fail)
        with pytest.raises(ValueError, match="no"):
            sender.wait()


def test_what_is_under_way_ends_before_the_context_does() -> None:
    done: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert go_on.wait(10)
        done.append(1)

    def interrupted() -> None:
        with Sender() as sender:
            sender.hand_over(work)
            assert begun.wait(10)
            threading.Timer(0.05, go_on.set).start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == [1]
