"""The model behind both protocols: each request is counted, goes wrong or is answered."""

import json
from collections.abc import Callable
from typing import Any

from tests.support.judge_server import gemini, openai
from tests.support.judge_server.bodies import as_json, gemini_error, openai_error
from tests.support.judge_server.faults import Faults, Passing, Sticky
from tests.support.judge_server.record import Record, digest_of
from tests.support.judge_server.wire import Ask, Say

Json = dict[str, Any]
Answer = Callable[[Json], "str | Json | Say"]
"""What a model says to a request body: its text, a whole response body, or a whole answer."""

GRPC_CODES = {"throttled": 8, "day_quota": 8, "internal": 13, "unavailable": 14}


class Model:
    """Says what `answer` says, else an instance of the asked schema, with faults in between."""

    def __init__(
        self,
        record: Record,
        faults: Faults,
        answer: Answer | None,
        version: str | None,
        latency: float,
    ) -> None:
        self._record, self._faults = record, faults
        self._answer, self._version, self._latency = answer, version, latency
        self._turned_away = 0

    def generate(self, ask: Ask, model: str) -> Say:
        """The answer to generateContent."""
        digest, fault = self._asked(ask)
        failed = fault or self._faults.account(digest)
        if failed and (say := gemini.refusal(failed, model, self._faults.retry_after_s)):
            return self._late(say)
        body = json.loads(ask.body)
        if wrong := gemini.wrong_field(body):
            return self._late(gemini_error(400, "INVALID_ARGUMENT", wrong))
        return self._delivered(self._said(body, digest, model), digest, fault)

    def chat(self, ask: Ask) -> Say:
        """The answer to chat/completions."""
        digest, fault = self._asked(ask)
        body = json.loads(ask.body)
        failed = fault or self._faults.account(digest)
        if failed and (say := openai.refusal(failed, body["model"], self._faults.retry_after_s)):
            return self._late(say)
        if not body.get("messages"):
            text = "messages: field required"
            return self._late(openai_error(400, "invalid_request_error", None, text))
        said = self._answer(body) if self._answer else openai.text_of(body, digest)
        if isinstance(said, str):
            said = openai.completion(body, said, self._sticky(digest))
        return self._delivered(said, digest, fault)

    def batch_line(self, model: str, request: Json) -> Json:
        """What a batch's result line says beside its key: a response, or an RPC status."""
        digest = digest_of(f"batch/{model}", json.dumps(request, sort_keys=True).encode())
        fault = self._drawn(digest)
        if fault in GRPC_CODES:
            return {"error": {"code": GRPC_CODES[fault], "message": f"{fault} in the batch"}}
        said = self._said(request, digest, model)
        if isinstance(said, Say):
            return {"error": {"code": 3, "message": said.body.decode()}}
        self._record.answered[digest] += 1
        return {"response": said}

    def _said(self, body: Json, digest: str, model: str) -> Json | Say:
        said = self._answer(body) if self._answer else gemini.text_of(body, digest)
        if not isinstance(said, str):
            return said
        return gemini.completion(body, said, self._version or model, self._sticky(digest))

    def _asked(self, ask: Ask) -> tuple[str, Passing | None]:
        digest = digest_of(ask.path, ask.body)
        self._record.last_body, self._record.last_headers = ask.body, ask.headers
        return digest, self._drawn(digest)

    def _drawn(self, digest: str) -> Passing | None:
        """What goes wrong with this attempt."""
        self._record.asked[digest] += 1
        fault = self._faults.passing(digest, self._record.asked[digest])
        if self._turned_away:
            self._turned_away -= 1
            fault = "throttled"
        elif fault == "throttled":
            self._turned_away = self._faults.throttled_in_a_row - 1
        if fault:
            self._record.faults[fault] += 1
        return fault

    def _sticky(self, digest: str) -> Sticky | None:
        fault = self._faults.sticky(digest)
        if fault:
            self._record.faults[fault] += 1
        return fault

    def _late(self, say: Say) -> Say:
        say.wait = self._latency
        return say

    def _delivered(self, said: Json | Say, digest: str, fault: Passing | None) -> Say:
        say = said if isinstance(said, Say) else as_json(said)
        if fault in {"slow", "cut_before", "cut_within"}:
            say.way, say.pause = fault, self._faults.slow_s
        if say.status == 200 and say.way in {"whole", "slow"}:
            self._record.answered[digest] += 1
        return self._late(say)
