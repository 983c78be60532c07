"""Against the real service: `GEMINI_API_KEY=... pytest -m live`. Costs a fraction of a cent."""

import asyncio
import json
import os

import pytest

from annotate.base import Request, Text, Turn
from annotate.raters.gemini import Gemini
from tests.support.judge_server.asking import SCHEMA

KEY = os.environ.get("GEMINI_API_KEY")
MODEL = os.environ.get("PAIRWRIGHT_LIVE_MODEL", "gemini-3.8-flash")

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(KEY is None, reason="GEMINI_API_KEY is not set"),
]


def test_real_judge_answers_in_the_schema() -> None:
    async def run() -> None:
        rater = Gemini(MODEL, key=KEY)
        request = Request(
            turns=(Turn("user", (Text("Rate 'Paris is the capital of France.' from 1 to 5."),)),),
            schema=SCHEMA,
        )
        try:
            reply = await rater.ask(request, timeout=120)
        finally:
            await rater.close()
        assert reply.finish == "stop"
        assert 1 <= json.loads(reply.text)["score"] <= 5
        assert reply.usage.input_tokens > 0
        assert reply.model_version

    asyncio.run(run())
