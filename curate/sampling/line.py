"""A line of a sampling journal: one generation, or the failure of one."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime

from annotate.raters.openai_reply import REFUSED
from annotate.running.call import Outcome
from curate.ingest.error_text import is_error_text
from curate.ingest.text import RecordFaultError, checked_text, told
from curate.sampling.draws import Draw
from curate.sampling.targets import Target
from schemas.base import Hex32, Record
from schemas.event import Failure, Usage

Finish = Literal["stop", "truncated", "refused"]


class SampleLine(Record):
    """One generation that ended. `request_hash` is over all that was sent; see draws.py.

    `model` is what was asked for, `reported` what the server says it ran. `sampling` is canonical
    JSON of the settings sent, the seed among them. `response` is the text as given, which may be
    blank; it is null, and `finish` too, where `failure` says why none came. `usage` is over all
    attempts.
    """

    request_hash: Hex32
    at: AwareDatetime
    prompt_id: Hex32
    number: int
    model: str
    endpoint: str
    reported: str | None = None
    sampling: str
    finish: Finish | None = None
    response: str | None = None
    failure: Failure | None = None
    attempts: int
    usage: Usage


def line_of(outcome: Outcome[str], draw: Draw, target: Target, at: datetime) -> SampleLine:
    """The line of a call that ended."""
    failure, reply = failure_of(outcome), outcome.reply
    version = reply.model_version if reply else None
    return SampleLine(
        request_hash=draw.request_hash,
        at=at,
        prompt_id=draw.prompt_id,
        number=draw.number,
        model=target.model,
        endpoint=target.host,
        reported=None if version is None else told(version),
        sampling=draw.sampling,
        finish=None if failure else _finish(outcome),
        response=None if failure or reply is None else reply.text,
        failure=failure,
        attempts=outcome.attempts,
        usage=outcome.usage,
    )


def failure_of(outcome: Outcome[str]) -> Failure | None:
    """Why no answer came; None where one did, cut by the limit or blank as it may be.

    An error message in an answer's place is a failure of the server, a refusal is an answer.
    """
    if outcome.reply is None or (outcome.failure is not None and _finish(outcome) is None):
        failure = outcome.failure or Failure(reason="unparsable")
        return Failure(reason=failure.reason, detail=told(failure.detail))
    try:
        text = checked_text(outcome.reply.text, "the answer")
    except RecordFaultError as fault:
        return Failure(reason="unparsable", detail=told(fault.detail))
    if is_error_text(text):
        return Failure(reason="refused_by_server", detail=told(f"the answer is an error: {text}"))
    return None


def _finish(outcome: Outcome[str]) -> Finish | None:
    """How the answer ended, None where the last reply is no answer."""
    if outcome.failure is None:
        return "stop"
    if outcome.failure.reason == "truncated":
        return "truncated"
    refused = outcome.failure.reason == "blocked" and outcome.failure.detail == REFUSED
    return "refused" if refused else None
