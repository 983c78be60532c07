import asyncio
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from annotate.base import GiveUp, StopRun, TryAgain
from annotate.raters.access import Scrub
from annotate.raters.gemini import Gemini
from annotate.raters.gemini_errors import of_error
from tests.support.judge_server.asking import KEY, MODEL, REQUEST, asked, problem
from tests.support.judge_server.bodies import gemini_error, retry_info
from tests.support.judge_server.faults import Faults
from tests.support.judge_server.wire import Say

pytestmark = pytest.mark.usefixtures("http")


@pytest.fixture(autouse=True)
def _no_second_attempt() -> Iterator[None]:
    """Each test asks once and waits for nothing: the SDK's own retries take seconds."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < 5


def gemini(base_url: str) -> Gemini:
    return Gemini(MODEL, key=KEY, base_url=base_url)


def saying(say: Say) -> Any:
    return lambda _body: say


def test_rate_limit_is_tried_again_after_the_servers_own_delay() -> None:
    again = problem(gemini, TryAgain, faults=Faults(throttled=1, retry_after_s=3.5))

    assert (again.reason, again.after) == ("refused_by_server", 3.5)
    assert again.throttled
    assert not again.may_be_billed


def test_delay_is_read_from_the_message_where_there_is_no_retry_info() -> None:
    say = gemini_error(429, "RESOURCE_EXHAUSTED", "Quota exceeded. Please retry in 47.17s.")

    assert problem(gemini, TryAgain, answer=saying(say)).after == 47.17


def test_delay_is_read_from_the_header_where_nothing_else_names_it() -> None:
    say = gemini_error(503, "UNAVAILABLE", "overloaded")
    say.headers["Retry-After"] = "7"

    again = problem(gemini, TryAgain, answer=saying(say))

    assert again.after == 7
    assert again.throttled


def test_quota_of_the_day_stops_the_run() -> None:
    stop = problem(gemini, StopRun, faults=Faults(day_quota=1))

    assert "GenerateRequestsPerDayPerProjectPerModel" in stop.message
    assert "midnight" in str(stop.fix)


@pytest.mark.parametrize("code", [500, 502])
def test_server_error_is_tried_again_and_not_billed(code: int) -> None:
    again = problem(gemini, TryAgain, answer=saying(gemini_error(code, "INTERNAL", "oops")))

    assert again.reason == "refused_by_server"
    assert again.detail == f"{code}: oops"
    assert not again.throttled
    assert not again.may_be_billed


@pytest.mark.parametrize("code", [408, 499, 504])
def test_timeout_of_the_server_is_a_timeout(code: int) -> None:
    again = problem(gemini, TryAgain, answer=saying(gemini_error(code, "DEADLINE", "late")))

    assert again.reason == "timeout"


@pytest.mark.parametrize("fault", ["cut_before", "cut_within"])
def test_cut_connection_is_tried_again_and_may_be_billed(fault: str) -> None:
    came, record = asked(gemini, faults=Faults(**{fault: 1}))

    again = came[0]
    assert isinstance(again, TryAgain)
    assert again.reason == "timeout"
    assert again.may_be_billed
    assert list(record.asked.values()) == [1]


def test_slow_answer_is_a_timeout_that_may_be_billed() -> None:
    again = problem(gemini, TryAgain, faults=Faults(slow=1, slow_s=5), timeout=0.1)

    assert again.reason == "timeout"
    assert again.may_be_billed


def test_slow_answer_within_the_limit_is_an_answer() -> None:
    came, _ = asked(gemini, faults=Faults(slow=1, slow_s=0.02))

    assert not isinstance(came[0], Exception)


def test_refused_connection_is_tried_again_and_not_billed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        rater = gemini(f"http://127.0.0.1:{taken.getsockname()[1]}")

        async def run() -> None:
            try:
                await rater.ask(REQUEST, timeout=2)
            finally:
                await rater.close()

        with pytest.raises(TryAgain) as again:
            asyncio.run(run())

    assert again.value.reason == "refused_by_server"
    assert not again.value.may_be_billed


@pytest.mark.parametrize(
    "say",
    [
        Say(200, b"<html>a proxy's page</html>"),
        Say(200, b"<html>a proxy's page</html>", {"Content-Type": "text/html"}),
        Say(200, b"\xff\xfe\x00"),
        Say(200, b'{"candidates": ['),
        Say(200, b""),
        Say(200, b"[]"),
        Say(204, b""),
        Say(200, b"not gzip", {"Content-Encoding": "gzip"}),
    ],
    ids=["html", "html type", "no text", "cut json", "empty", "list", "204", "no gzip"],
)
def test_success_that_is_no_answer_is_tried_again(say: Say) -> None:
    again = problem(gemini, TryAgain, answer=saying(say))

    assert again.reason in {"unparsable", "timeout"}
    assert again.may_be_billed


@pytest.mark.parametrize(
    "say",
    [
        Say(502, b"<html>Bad Gateway</html>", {"Content-Type": "text/html"}),
        Say(503, b"not JSON although it says so"),
        Say(500, b""),
        Say(500, b'"a text"'),
        Say(500, b'{"error": "a text"}'),
        Say(500, b'[{"error": {"message": "in a list"}}]'),
    ],
)
def test_server_error_of_any_shape_is_tried_again(say: Say) -> None:
    problem(gemini, TryAgain, answer=saying(say))


def test_invalid_key_stops_the_run_and_says_what_to_set() -> None:
    stop = problem(gemini, StopRun, faults=Faults(invalid_key=1))

    assert "API_KEY_INVALID" in stop.message
    assert "GEMINI_API_KEY" in str(stop.fix)


@pytest.mark.parametrize("code", [401, 403])
def test_refused_key_stops_the_run(code: int) -> None:
    say = gemini_error(code, "PERMISSION_DENIED", "blocked")

    assert "GEMINI_API_KEY" in str(problem(gemini, StopRun, answer=saying(say)).fix)


def test_unknown_model_stops_the_run_and_names_it() -> None:
    stop = problem(gemini, StopRun, faults=Faults(unknown_model=1))

    assert MODEL in stop.message
    assert "\n" not in str(stop)


def test_project_that_is_not_served_stops_the_run() -> None:
    say = gemini_error(400, "FAILED_PRECONDITION", "User location is not supported")

    assert "location" in problem(gemini, StopRun, answer=saying(say)).message


@pytest.mark.parametrize("code", [400, 409, 413, 422])
def test_other_refusals_give_this_call_up(code: int) -> None:
    gave_up = problem(gemini, GiveUp, answer=saying(gemini_error(code, "INVALID_ARGUMENT", "bad")))

    assert gave_up.reason == "refused_by_server"
    assert gave_up.detail == f"{code}: bad"


def test_redirect_to_nowhere_is_no_crash() -> None:
    say = Say(302, b"", {"Location": "http://127.0.0.1:1/x"})

    problem(gemini, TryAgain, answer=saying(say))


@pytest.mark.parametrize("key", [None, "", "  ", "key with spaces", "schlüssel", "line\nbreak"])
def test_key_that_cannot_be_one_is_refused_before_any_call(key: str | None) -> None:
    with pytest.raises(StopRun, match="key for Gemini") as stop:
        Gemini(MODEL, key=key)

    assert not key or not key.strip() or key not in str(stop.value)


def test_key_of_the_environment_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "of-the-environment")
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")

    _, record = asked(gemini)

    assert record.keys == {KEY}


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x", "http://", ""])
def test_address_that_is_none_is_refused_before_any_call(url: str) -> None:
    with pytest.raises(StopRun, match="base_url"):
        Gemini(MODEL, key=KEY, base_url=url)


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"details": {"reason": "x"}}},
        {"error": {"details": 3}},
        {"error": {"details": [None, 3, {"violations": "x"}, {"violations": [None]}]}},
        {"error": {"message": None, "details": [{"@type": "x.google.rpc.RetryInfo"}]}},
        [],
        None,
        "text",
    ],
)
def test_odd_error_bodies_keep_to_the_status(body: Any) -> None:
    assert isinstance(of_error(429, body, Scrub(KEY)), TryAgain)
    assert isinstance(of_error(400, body, Scrub(KEY)), GiveUp)


def test_retry_info_wins_over_the_message() -> None:
    error = {"message": "Please retry in 9s", "details": [retry_info(2)]}

    found = of_error(429, {"error": error}, Scrub(KEY))

    assert isinstance(found, TryAgain)
    assert found.after == 2
