"""Replies of judges and of their servers."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fuzz.values import bytes_of, text_bytes
from tests.fuzz.words import WORDS

Seeds = Iterator[bytes]


def _judgement() -> dict[str, Any]:
    scored = {"helpfulness": 3, "faithfulness": 5, "ethics": "4", "ethics_reason": "fine"}
    return {label: {**scored, "rank": place} for place, label in enumerate("ABC", start=1)}


def _judge_replies() -> Seeds:
    for start in (b"a", b"z"):
        yield start + json.dumps(_judgement()).encode()
        yield start + b"Here:\n```json\n" + json.dumps(_judgement()).encode() + b"\n``` done"
    yield b'a{"A": {"helpfulness": 1e999999999, "x": "\\ud800", "y": [[]]}, "A": NaN}'


def _judge_objects() -> Seeds:
    yield from (bytes([n]) + bytes_of(_judgement(), WORDS["judge_object"]) for n in (0, 1))


def _critiques() -> Seeds:
    fuller = "The answer gets the colour wrong. Its tone, on the other hand, is good."
    words = WORDS["critique"]
    yield from (b"\1" + one.encode() for one in (fuller, f'{fuller} It says "Bonn" 7.', ""))
    yield b"\0" + bytes_of({"critique": fuller}, words)


def _checks() -> Seeds:
    said = {"new_claims": [], "is_critique": True}
    stances = {"comment_verdict": "mixed", "critique_verdict": "mixed"}
    yield bytes_of({**said, **stances}, WORDS["critique"])
    yield bytes_of({**said, **stances, "new_claims": ["a\nb", " "]}, WORDS["critique"])


def _gemini() -> dict[str, Any]:
    counts = {"promptTokenCount": 9, "candidatesTokenCount": 2, "thoughtsTokenCount": 1}
    candidate = {"content": {"parts": [{"text": "{}"}]}, "finishReason": "STOP"}
    return {"candidates": [candidate], "usageMetadata": counts, "modelVersion": "m"}


def _gemini_results() -> Seeds:
    error = {"code": 8, "message": "Please retry in 47s", "details": [{"retryDelay": "47s"}]}
    blocked = {"promptFeedback": {"blockReason": "SAFETY"}}
    for result in (
        {"response": _gemini()},
        {"error": error},
        {"response": blocked},
        {"status": {"code": 1}},
    ):
        keyed = {"key": "k", **result}
        yield b"\1" + json.dumps(keyed).encode()
        yield b"\0" + bytes_of(keyed, WORDS["replies"])


def _completions() -> Seeds:
    message = {"content": [{"text": "{}"}], "refusal": None}
    usage = {
        "prompt_tokens": 9,
        "completion_tokens": 2,
        "prompt_tokens_details": {"cached_tokens": 1},
    }
    choice = {"message": message, "finish_reason": "stop"}
    yield bytes_of({"choices": [choice], "usage": usage, "model": "m"}, WORDS["replies"])
    yield bytes_of(
        {"choices": [{"message": {"refusal": "no"}, "finish_reason": "x"}]}, WORDS["replies"]
    )


def _server_errors() -> Seeds:
    kind = "type.googleapis.com/google.rpc.RetryInfo"
    details = [{"@type": kind, "retryDelay": "47s"}, {"violations": [{"quotaId": "PerDay"}]}]
    body = {"error": {"message": "retry in 1.5s", "status": "x", "details": details}}
    for wait in ("3", "Wed, 21 Oct 2026 07:28:00 GMT"):
        headers = text_bytes(wait) + text_bytes("20")
        yield b"\5" + bytes_of(body, WORDS["replies"]) + headers + text_bytes("try again in 6m0s")


def _quotations() -> Seeds:
    yield bytes_of(["", "a </quote-0123456789ab>", "\N{WORD JOINER}"])


SEEDS: Mapping[str, Callable[[], Seeds]] = {
    "judge_reply": _judge_replies,
    "judge_object": _judge_objects,
    "expansion": _critiques,
    "check": _checks,
    "gemini_result": _gemini_results,
    "chat_completion": _completions,
    "server_error": _server_errors,
    "quotation": _quotations,
}
