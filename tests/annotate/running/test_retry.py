"""Pauses between attempts: the server's, else growing ones with chance in them."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from annotate.base import TryAgain
from annotate.running.retry import Retries, backoff
from annotate.running.traffic import Traffic

BROKEN = TryAgain("refused_by_server", "503")
BUSY = TryAgain("refused_by_server", "429", throttled=True)


@given(failures=st.integers(1, 10**6), seed=st.integers())
def test_a_pause_is_at_most_twice_the_last_and_a_minute(failures: int, seed: int) -> None:
    assert 0 <= backoff(failures, None, Random(seed)) <= min(60, 2.0 ** min(failures - 1, 20))


@given(failures=st.integers(1, 100), after=st.floats(0, 10**4), seed=st.integers())
def test_the_servers_delay_is_never_undercut(failures: int, after: float, seed: int) -> None:
    assert after <= backoff(failures, after, Random(seed)) <= after + 1


def test_pauses_differ_from_call_to_call() -> None:
    rng = Random(0)
    assert len({backoff(3, None, rng) for _ in range(100)}) == 100
    assert len({backoff(3, 47, rng) for _ in range(100)}) == 100


def test_attempts_are_counted_but_for_those_told_to_slow_down() -> None:
    retries = Retries(Traffic(attempts=3, patience=1e9), Random(0), 0)
    given_up = [retries.delay(failure, 0) is None for failure in (BUSY, BROKEN, BUSY, BROKEN)]
    assert not any(given_up)
    assert retries.delay(BROKEN, 0) is None
    assert retries.failures == 5


def test_a_pause_that_ends_after_the_patience_is_not_begun() -> None:
    retries = Retries(Traffic(patience=100), Random(0), started=1000)
    after = TryAgain("refused_by_server", "429", after=50, throttled=True)
    assert retries.delay(after, 1040) is not None
    assert retries.delay(after, 1051) is None
