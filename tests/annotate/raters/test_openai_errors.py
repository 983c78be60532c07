import asyncio
import socket
from typing import Any

import pytest

from annotate.base import GiveUp, StopRun, TryAgain
from annotate.raters.access import Scrub
from annotate.raters.openai import OpenAICompatible
from annotate.raters.openai_errors import of_error
from tests.support.judge_server.asking import KEY, REQUEST, asked, problem
from tests.support.judge_server.bodies import as_json, openai_error
from tests.support.judge_server.faults import Faults
from tests.support.judge_server.wire import Say


def judge(base_url: str) -> OpenAICompatible:
    return OpenAICompatible("qwen", key=KEY, base_url=f"{base_url}/v1")


def saying(say: Say) -> Any:
    return lambda _body: say


def test_rate_limit_is_tried_again_after_the_header() -> None:
    again = problem(judge, TryAgain, faults=Faults(throttled=1, retry_after_s=2.5))

    assert (again.reason, again.after) == ("refused_by_server", 2.5)
    assert again.throttled
    assert not again.may_be_billed


def test_delay_is_read_from_the_message_where_there_is_no_header() -> None:
    say = openai_error(429, "tokens", "rate_limit_exceeded", "Please try again in 6m0s.")

    assert problem(judge, TryAgain, answer=saying(say)).after == 360


def test_spent_account_stops_the_run() -> None:
    assert "quota" in problem(judge, StopRun, faults=Faults(day_quota=1)).message


def test_server_error_is_tried_again_and_not_billed() -> None:
    again = problem(judge, TryAgain, faults=Faults(internal=1))

    assert not again.throttled
    assert not again.may_be_billed


def test_overload_is_a_throttle() -> None:
    assert problem(judge, TryAgain, faults=Faults(unavailable=1)).throttled


@pytest.mark.parametrize("fault", ["cut_before", "cut_within"])
def test_cut_connection_is_tried_again_and_may_be_billed(fault: str) -> None:
    came, record = asked(judge, faults=Faults(**{fault: 1}))

    assert isinstance(came[0], TryAgain)
    assert came[0].may_be_billed
    assert list(record.asked.values()) == [1]


def test_slow_answer_is_a_timeout_that_may_be_billed() -> None:
    again = problem(judge, TryAgain, faults=Faults(slow=1, slow_s=5), timeout=0.1)

    assert again.reason == "timeout"
    assert again.may_be_billed


def test_refused_connection_is_tried_again_and_not_billed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        rater = judge(f"http://127.0.0.1:{taken.getsockname()[1]}")

        async def run() -> None:
            try:
                await rater.ask(REQUEST, timeout=2)
            finally:
                await rater.close()

        with pytest.raises(TryAgain) as again:
            asyncio.run(run())

    assert not again.value.may_be_billed


@pytest.mark.parametrize(
    "say",
    [
        Say(200, b"<html>a proxy's page</html>", {"Content-Type": "text/html"}),
        Say(200, b"\xff\xfe\x00"),
        Say(200, b'{"choices": ['),
        Say(200, b""),
        Say(200, b"not gzip", {"Content-Encoding": "gzip"}),
        as_json({"choices": []}),
        as_json({"choices": [{"message": {"content": "a"}, "finish_reason": "abort"}]}),
    ],
    ids=["html", "no text", "cut json", "empty", "no gzip", "no choice", "abort"],
)
def test_success_that_is_no_answer_is_tried_again(say: Say) -> None:
    assert problem(judge, TryAgain, answer=saying(say)).may_be_billed


@pytest.mark.parametrize(
    "say", [Say(502, b"<html>Bad Gateway</html>"), Say(500, b""), Say(503, b"[1]")]
)
def test_server_error_of_any_shape_is_tried_again(say: Say) -> None:
    problem(judge, TryAgain, answer=saying(say))


def test_invalid_key_stops_the_run_and_says_what_to_set() -> None:
    assert "OPENAI_API_KEY" in str(problem(judge, StopRun, faults=Faults(invalid_key=1)).fix)


def test_unknown_model_stops_the_run_and_names_it() -> None:
    assert "qwen" in problem(judge, StopRun, faults=Faults(unknown_model=1)).message


def test_other_refusals_give_this_call_up() -> None:
    say = as_json({"detail": "the picture is too large"}, 422)

    gave_up = problem(judge, GiveUp, answer=saying(say))

    assert gave_up.detail == "422: the picture is too large"


@pytest.mark.parametrize("kind", [[], {"a": 1}, 3, None])
def test_a_kind_of_error_that_is_no_text_says_nothing(kind: Any) -> None:
    body = {"code": kind, "type": [kind], "message": "no"}

    assert isinstance(of_error(400, body, Scrub(KEY), {}), GiveUp)
    assert isinstance(of_error(429, body, Scrub(KEY), {}), TryAgain)
