"""The loopback server of the raters' tests: what it says, what stands on retry and what passes."""

import asyncio
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.judge_server.answers import default_text
from tests.support.judge_server.asking import KEY, MODEL, SCHEMA
from tests.support.judge_server.faults import ACCOUNT, PASSING, STICKY, Faults
from tests.support.judge_server.server import JudgeServer
from tests.support.judge_server.threads import serving

PATH = f"/v1beta/models/{MODEL}:generateContent"
DIGESTS = [f"{number:032x}" for number in range(400)]
RATES: dict[str, Any] = dict.fromkeys(PASSING, 0.1) | dict.fromkeys(STICKY, 0.1)


def body(words: str = "q", schema: dict[str, Any] | None = SCHEMA) -> dict[str, Any]:
    settings = {"responseJsonSchema": schema} if schema else {}
    return {"contents": [{"parts": [{"text": words}]}], "generationConfig": settings}


def post(url: str, value: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    """Status and JSON of an answer."""
    request = urllib.request.Request(url, json.dumps(value).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=5) as response:
        return json.load(response)


def said(response: dict[str, Any]) -> str:
    text: str = response["candidates"][0]["content"]["parts"][0]["text"]
    return text


@pytest.mark.parametrize("version", ["v1", "v1beta"])
def test_answer_is_valid_and_the_same_each_time(version: str) -> None:
    with serving() as (url, record):
        path = f"{url}/{version}/models/{MODEL}:generateContent"
        answers = [post(path, body(), **{"x-goog-api-key": KEY})[1] for _ in range(2)]

    assert answers[0] == answers[1]
    jsonschema.validate(json.loads(said(answers[0])), SCHEMA)
    assert list(json.loads(said(answers[0]))) == ["rationale", "score"]
    assert answers[0]["modelVersion"] == MODEL
    assert list(record.asked.values()) == list(record.answered.values()) == [2]
    assert record.keys == {KEY}
    assert record.in_flight == 0


LEAF = st.sampled_from(
    [
        {"type": "integer", "minimum": 1, "maximum": 5},
        {"type": "integer"},
        {"type": "number", "minimum": -1, "maximum": 1},
        {"type": "string"},
        {"type": "boolean"},
        {"type": ["null", "string"]},
        {"type": "null"},
        {"enum": ["a", "b"]},
        {"const": 3},
        {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        {"$ref": "#/$defs/score"},
    ]
)


def _object(inner: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": inner,
        "required": list(inner),
        "additionalProperties": False,
    }


SCHEMAS = st.recursive(
    LEAF,
    lambda inner: (
        st.builds(_object, st.dictionaries(st.sampled_from("abc"), inner))
        | st.builds(lambda item: {"type": "array", "items": item, "minItems": 2}, inner)
    ),
    max_leaves=8,
)


@given(inner=SCHEMAS, digest=st.sampled_from(DIGESTS))
def test_default_answer_is_valid_under_any_schema_of_ours(
    inner: dict[str, Any], digest: str
) -> None:
    schema = {**_object({"x": inner}), "$defs": {"score": {"type": "integer", "minimum": 4}}}

    jsonschema.validate(json.loads(default_text(schema, digest)), schema)


def test_own_answer_is_given_the_body() -> None:
    with serving(answer=lambda asked: asked["contents"][0]["parts"][0]["text"] * 2) as (url, _):
        assert said(post(url + PATH, body("ab"))[1]) == "abab"


def test_chat_answers_with_the_schema_and_as_often_as_asked() -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "a", "schema": SCHEMA}}
    asked = {
        "model": "m",
        "n": 2,
        "messages": [{"role": "user", "content": "q"}],
        "response_format": wanted,
    }
    with serving() as (url, _):
        _, response = post(f"{url}/v1/chat/completions", asked)
        models = get(f"{url}/v1/models")

    assert len(response["choices"]) == 2
    jsonschema.validate(json.loads(response["choices"][1]["message"]["content"]), SCHEMA)
    assert models["object"] == "list"


def test_model_card_and_token_count() -> None:
    with serving() as (url, record):
        assert get(f"{url}/v1beta/models/{MODEL}")["name"] == f"models/{MODEL}"
        count = post(f"{url}/v1beta/models/{MODEL}:countTokens", body("x" * 400))[1]

    assert count == {"totalTokens": 101}
    assert record.by_endpoint == {"models": 1, "countTokens": 1}


def test_body_that_the_service_would_refuse_is_refused() -> None:
    with serving() as (url, _):
        flat = post(url + PATH, {**body(), "thinking_config": {}})
        bare = post(url + PATH, {**body(), "systemInstruction": ["s"]})
        empty = post(url + PATH, {})

    assert [status for status, _ in (flat, bare, empty)] == [400, 400, 400]
    assert 'Unknown name "thinking_config"' in flat[1]["error"]["message"]


def test_rates_come_out_as_they_are_set() -> None:
    faults = Faults(seed=3, **RATES)

    for kind in PASSING:
        share = sum(faults.passing(digest, 1) == kind for digest in DIGESTS) / len(DIGESTS)
        assert 0.05 < share < 0.15, kind
    for sticky in STICKY:
        share = sum(faults.sticky(digest) == sticky for digest in DIGESTS) / len(DIGESTS)
        assert 0.05 < share < 0.15, sticky


def test_draws_depend_on_seed_content_and_attempt_alone() -> None:
    one, same, other = Faults(seed=1, **RATES), Faults(seed=1, **RATES), Faults(seed=2, **RATES)
    drawn = [
        [(faults.passing(digest, 2), faults.sticky(digest)) for digest in DIGESTS]
        for faults in (one, same, other)
    ]

    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]
    assert any(one.passing(digest, 1) != one.passing(digest, 2) for digest in DIGESTS)


def test_what_passes_passes_on_retry_and_what_stands_stands() -> None:
    faults = Faults(seed=5, internal=0.5, truncated=0.5)
    with serving(faults=faults) as (url, record):
        ends: dict[str, set[str]] = {}
        for words in map(str, range(12)):
            for _ in range(12):
                status, response = post(url + PATH, body(words))
                if status == 200:
                    reason = response["candidates"][0]["finishReason"]
                    ends.setdefault(words, set()).add(reason)

    assert len(ends) == 12
    assert {frozenset(reasons) for reasons in ends.values()} == {
        frozenset({"STOP"}),
        frozenset({"MAX_TOKENS"}),
    }
    assert record.by_status[500] == record.faults["internal"] > 0


def test_a_throttle_turns_the_next_requests_away_too() -> None:
    faults = Faults(throttled=0.2, throttled_in_a_row=4, seed=1)
    with serving(faults=faults) as (url, _):
        statuses = [post(url + PATH, body(str(number)))[0] for number in range(60)]

    runs = "".join("x" if status == 429 else " " for status in statuses).split()
    assert runs
    assert all(len(run) >= 4 for run in runs[:-1])


def test_every_rate_has_its_kind() -> None:
    settings = {"seed", "throttled_in_a_row", "retry_after_s", "slow_s"}

    assert {*PASSING, *STICKY, *ACCOUNT} == {field.name for field in fields(Faults)} - settings


def test_most_in_flight_is_seen_where_answers_take_time() -> None:
    async def run() -> int:
        async with JudgeServer(latency_s=0.05) as server:
            port = int(server.base_url.rpartition(":")[2])
            await asyncio.gather(*(_asked(port) for _ in range(9)))
            return server.record.most_in_flight

    assert asyncio.run(run()) == 9


async def _asked(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    data = json.dumps(body()).encode()
    head = f"POST {PATH} HTTP/1.1\r\nContent-Length: {len(data)}\r\n\r\n".encode()
    for piece in (head[:9], head[9:] + data[:5], data[5:]):
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.001)
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.close()
    await writer.wait_closed()


@contextmanager
def process(root: Path, *options: str) -> Iterator[str]:
    """The address of a server in a process of its own."""
    command = [sys.executable, "-m", "tests.support.judge_server", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as ran:
        try:
            assert ran.stdout is not None
            yield ran.stdout.readline().strip()
        finally:
            ran.kill()


def test_server_runs_as_a_process_and_gives_its_record(repo_root: Path) -> None:
    with process(repo_root, "--latency-ms", "1", "--fault", "internal=1") as url:
        assert url.startswith("http://127.0.0.1:")
        assert post(url + PATH, body())[0] == 500
        record = get(f"{url}/_record")

    assert record["by_endpoint"]["generateContent"] == 1
    assert record["faults"] == {"internal": 1}
    assert list(record["asked"].values()) == [1]
    assert record["answered"] == {}
