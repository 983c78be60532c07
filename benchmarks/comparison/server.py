"""The judge that all tools of the job ask: on loopback, its scores drawn from the request.

python -m benchmarks.comparison.server PORT. It answers by the schema it is given; where a tool
gives none, as JSON of four answers by five metrics.
"""

import asyncio
import json
import sys
from typing import Any

from tests.support.judge_server.answers import default_text
from tests.support.judge_server.openai import text_of
from tests.support.judge_server.server import JudgeServer

METRICS = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
POINT = {"type": "integer", "minimum": 0, "maximum": 4}
ANSWER = {"type": "object", "properties": dict.fromkeys(METRICS, POINT), "required": METRICS}
FOUR = {"type": "object", "properties": dict.fromkeys("0123", ANSWER), "required": list("0123")}


def answer(body: dict[str, Any]) -> str:
    """What the model says to a request."""
    digest = str(hash(json.dumps(body, sort_keys=True)) & 0xFFFFFFFF)
    asked = (body.get("response_format") or {}).get("json_schema")
    return text_of(body, digest) if asked else default_text(FOUR, digest)


async def serve(port: int) -> None:
    """Serve until the process ends."""
    async with JudgeServer(port=port, answer=answer):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
