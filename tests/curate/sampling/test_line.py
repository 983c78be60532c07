"""What a call's end becomes in the journal."""

import pytest

from annotate.base import Reply
from annotate.raters.openai_reply import REFUSED
from annotate.running.call import Call, Outcome, Tokens
from curate.sampling.draws import Draw
from curate.sampling.line import SampleLine, failure_of, line_of
from curate.sampling.targets import Target
from schemas.event import Failure, FailureReason, Usage
from tests.support.examples import NOON, PROMPT_ID
from tests.support.fake_rater import request_of

DRAW = Draw("0" * 32, PROMPT_ID, 2, 7, '{"seed":7}')
TARGET = Target("qwen", "http://127.0.0.1:8000/v1")
CALL = Call(DRAW.request_hash, lambda: request_of("k"), str, None, Tokens(0, 0))


def outcome(
    text: str | None,
    reason: FailureReason | None = None,
    detail: str = "",
    version: str | None = "qwen-1",
) -> Outcome[str]:
    failure = Failure(reason=reason, detail=detail) if reason else None
    reply = None if text is None else Reply(text, "stop", Usage(), version)
    return Outcome(CALL, None if failure else text, reply, failure, Usage(input_tokens=3), 1)


def line(of: Outcome[str]) -> SampleLine:
    return line_of(of, DRAW, TARGET, NOON)


def test_a_whole_answer_is_kept_with_what_made_it() -> None:
    assert line(outcome("Three.")) == SampleLine(
        request_hash="0" * 32,
        at=NOON,
        prompt_id=PROMPT_ID,
        number=2,
        model="qwen",
        endpoint="127.0.0.1:8000",
        reported="qwen-1",
        sampling='{"seed":7}',
        finish="stop",
        response="Three.",
        attempts=1,
        usage=Usage(input_tokens=3),
    )


def test_an_answer_cut_by_the_limit_is_kept() -> None:
    found = line(outcome("Thr", "truncated", "answer: length"))
    assert (found.finish, found.response, found.failure) == ("truncated", "Thr", None)


def test_a_blank_answer_came() -> None:
    assert line(outcome("")).response == ""


def test_a_refusal_is_an_answer() -> None:
    found = line(outcome("I can't help with that.", "blocked", REFUSED))
    assert (found.finish, found.response) == ("refused", "I can't help with that.")


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (outcome(None, "timeout", "no answer within 5 s"), "timeout"),
        (outcome("half", "blocked", "answer: content_filter"), "blocked"),
        (outcome("Error code: 500 - {'message': 'x'}"), "refused_by_server"),
        (outcome("a\0b"), "unparsable"),
        (outcome("a\ud800b"), "unparsable"),
    ],
)
def test_what_is_no_answer_is_a_failure_without_text(
    of: Outcome[str], reason: FailureReason
) -> None:
    found = line(of)
    assert found.failure is not None
    assert (found.failure.reason, found.response, found.finish) == (reason, None, None)
    assert failure_of(of) == found.failure


def test_any_text_of_a_server_can_be_written_and_read() -> None:
    torn = line(outcome(None, "refused_by_server", "bad \ud800 \0"))
    named = line(outcome("x", version="v\ud800"))
    for found in (torn, named):
        assert SampleLine.model_validate_json(found.model_dump_json()) == found
