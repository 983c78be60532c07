"""The loop one writes with google-genai: no journal, budget or retries. URL CALLS IN_FLIGHT."""

import asyncio
import json
import sys
from collections.abc import Iterable

from google import genai
from google.genai import errors, types

from annotate.base import Text
from benchmarks.judging.work import KEY, WARM_UP, clocks, numbers, request, tell

MODEL = "gemini-3.8-flash"


async def asked(client: genai.Client, number: int) -> bool:
    """Whether one prompt was answered with JSON."""
    wanted = request(number)
    parts = [
        types.Part.from_text(text=part.text)
        if isinstance(part, Text)
        else types.Part.from_bytes(data=part.data, mime_type=part.mime_type)
        for part in wanted.turns[0].parts
    ]
    config = types.GenerateContentConfig(
        system_instruction=wanted.system,
        response_mime_type="application/json",
        response_json_schema=wanted.schema,
        max_output_tokens=wanted.max_output_tokens,
    )
    try:
        reply = await client.aio.models.generate_content(
            model=MODEL, contents=types.Content(role="user", parts=parts), config=config
        )
    except errors.APIError:
        return False
    json.loads(reply.text or "")
    return True


async def loop(client: genai.Client, which: Iterable[int], in_flight: int) -> int:
    """How many of the prompts were answered."""
    source = iter(which)

    async def worker() -> int:
        return sum([await asked(client, number) for number in source])

    return sum(await asyncio.gather(*(worker() for _ in range(in_flight))))


async def main(url: str, count: int, in_flight: int) -> None:
    """Ask and print the figures."""
    options = types.HttpOptions(base_url=url, api_version="v1beta")
    client = genai.Client(api_key=KEY, http_options=options)
    await loop(client, range(WARM_UP), in_flight)
    cpu, wall = clocks()
    answered = await loop(client, numbers(count), in_flight)
    cpu_after, wall_after = clocks()
    tell(count, answered, cpu_after - cpu, wall_after - wall)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
