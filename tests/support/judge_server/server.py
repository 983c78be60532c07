"""The server in this event loop: which path is whose, and its start and end."""

import asyncio
import json
from typing import Any, Self

from tests.support.judge_server import gemini
from tests.support.judge_server.batches import Batches
from tests.support.judge_server.bodies import as_json, gemini_error
from tests.support.judge_server.faults import Faults
from tests.support.judge_server.files import LIFE_S, Files
from tests.support.judge_server.model import Answer, Model
from tests.support.judge_server.record import Record
from tests.support.judge_server.wire import Ask, Connection, Say

VERBS = ("generateContent", "countTokens", "batchGenerateContent")
MODELS: dict[str, Any] = {"object": "list", "data": [{"id": "loopback", "object": "model"}]}


class JudgeServer:
    """A server on 127.0.0.1, up within `async with`.

    `batch_states` are a job's states, one at each look after its creation; a partly succeeded job
    leaves out `batch_missing` of its results. `latency_s` is how long each model call takes.
    """

    def __init__(
        self,
        *,
        faults: Faults | None = None,
        answer: Answer | None = None,
        latency_s: float = 0.0,
        model_version: str | None = None,
        file_life_s: float = LIFE_S,
        batch_states: tuple[str, ...] = ("PENDING", "RUNNING", "SUCCEEDED"),
        batch_missing: float = 0.0,
        port: int = 0,
    ) -> None:
        self.record = Record()
        self.files = Files(file_life_s)
        self._faults = faults or Faults()
        self._model = Model(self.record, self._faults, answer, model_version, latency_s)
        self.batches = Batches(self.files, batch_states, self._model.batch_line, batch_missing)
        self.base_url = ""
        self._port = port
        self._alive: set[Connection] = set()
        self._server: asyncio.Server

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Connection(self._handle, self.record.left, self._alive),
            "127.0.0.1",
            self._port,
            backlog=1024,
        )
        self.base_url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for connection in list(self._alive):
            connection.drop()
        await self._server.wait_closed()

    def _handle(self, ask: Ask) -> Say:
        endpoint = _endpoint(ask.path)
        self.record.entered(endpoint, ask.headers)
        model = ask.path.rpartition("models/")[2].partition(":")[0]
        if endpoint == "generateContent":
            say = self._model.generate(ask, model)
        elif endpoint == "chat":
            say = self._model.chat(ask)
        elif endpoint == "_record":
            say = as_json(self.record.as_json())
        elif fault := self._faults.account(ask.path):
            say = gemini.refusal(fault, model, 0.0) or Say(500)
        else:
            say = self._managed(endpoint, ask, model)
        self.record.by_status[say.status] += 1
        return say

    def _managed(self, endpoint: str, ask: Ask, model: str) -> Say:
        """Everything but the model calls."""
        tail = ask.path.strip("/").partition("/")[2]
        match endpoint:
            case "countTokens":
                return as_json({"totalTokens": gemini.prompt_tokens(json.loads(ask.body))})
            case "models":
                return as_json(gemini.model_card(model) if "/" in tail else MODELS)
            case "upload":
                return self.files.upload(ask, self.base_url)
            case "files":
                return self.files.answer(ask, tail, self.base_url)
            case "batchGenerateContent":
                return self.batches.create(model, json.loads(ask.body))
            case "batches" if tail == "batches":
                return self.batches.page(ask.query)
            case "batches":
                return self.batches.answer(ask.method, tail)
        return gemini_error(404, "NOT_FOUND", f"No such path: {ask.path}")


def _endpoint(path: str) -> str:
    verb = path.rpartition(":")[2]
    if verb in VERBS:
        return verb
    if path.endswith("/chat/completions"):
        return "chat"
    first, *rest = path.strip("/").split("/")
    return first if first in {"upload", "_record"} else (rest or ["unknown"])[0]
