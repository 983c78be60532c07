import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from annotate.base import GiveUp, Reply, Request, StopRun, TryAgain
from annotate.raters.access import Scrub
from annotate.raters.gemini_batch import GeminiBatches
from annotate.raters.gemini_batch_lines import Outcome, outcome_of, write_files
from annotate.raters.gemini_batch_state import PHASES, BatchGone, state_of
from tests.support.judge_server.asking import KEY, MODEL, REQUEST
from tests.support.judge_server.faults import Faults
from tests.support.judge_server.server import JudgeServer

REQUESTS = [
    (f"item-{number}-order{number % 2}", replace(REQUEST, seed=number)) for number in range(24)
]
T = TypeVar("T")


def within(
    call: Callable[[GeminiBatches, JudgeServer], Awaitable[T]],
    *,
    byte_limit: int = 10**9,
    **settings: Any,
) -> T:
    """What `call` gives, with batches on a server of its own."""

    async def run() -> T:
        async with JudgeServer(**settings) as server:
            batches = GeminiBatches(MODEL, key=KEY, base_url=server.base_url, byte_limit=byte_limit)
            try:
                return await call(batches, server)
            finally:
                await batches.close()

    return asyncio.run(run())


async def finished(batches: GeminiBatches, name: str) -> dict[str, Outcome]:
    """The results once the job has ended."""
    while not (await batches.state(name)).ended:
        pass
    return {key: outcome async for key, outcome in batches.results(name)}


async def through(batches: GeminiBatches, _server: JudgeServer) -> dict[str, Outcome]:
    return await finished(batches, await batches.submit(REQUESTS, "judge"))


@pytest.mark.usefixtures("http")
def test_every_request_is_answered_by_its_key() -> None:
    async def run(
        batches: GeminiBatches, server: JudgeServer
    ) -> tuple[dict[str, Outcome], list[str]]:
        results = await through(batches, server)
        file = next(name for name in server.files.stored if name.startswith("files/batch-"))
        lines = server.files.stored[file].data.decode().splitlines()
        return results, [json.loads(line)["key"] for line in lines]

    def echo(body: dict[str, Any]) -> str:
        return f"answer {body['generation_config']['seed']}"

    results, order = within(run, answer=echo)

    assert order != [key for key, _ in REQUESTS], "the server gives results out of order"
    for key, request in REQUESTS:
        outcome = results[key]
        assert isinstance(outcome, Reply)
        assert outcome.text == f"answer {request.seed}"


def test_single_requests_fail_inside_a_job_that_succeeded() -> None:
    results = within(
        through, faults=Faults(seed=1, internal=0.2, throttled=0.2, blocked_prompt=0.2)
    )

    assert results.keys() == {key for key, _ in REQUESTS}
    kinds = [type(outcome) for outcome in results.values()]
    assert {*kinds} == {Reply, TryAgain}
    again = [outcome for outcome in results.values() if isinstance(outcome, TryAgain)]
    assert {outcome.throttled for outcome in again} == {True, False}
    replies = [outcome for outcome in results.values() if isinstance(outcome, Reply)]
    assert {outcome.finish for outcome in replies} == {"stop", "blocked"}


def test_partly_succeeded_job_leaves_keys_without_results() -> None:
    results = within(through, batch_states=("RUNNING", "PARTIALLY_SUCCEEDED"), batch_missing=0.5)

    assert 0 < len(results) < len(REQUESTS)
    assert results.keys() < {key for key, _ in REQUESTS}


@pytest.mark.parametrize("end", ["FAILED", "EXPIRED", "CANCELLED"])
def test_job_that_ended_badly_says_so_and_has_no_results(end: str) -> None:
    async def run(batches: GeminiBatches, _server: JudgeServer) -> None:
        name = await batches.submit(REQUESTS, "judge")
        assert await finished(batches, name) == {}
        state = await batches.state(name)
        assert (state.phase, state.results) == (end.lower(), None)

    within(run, batch_states=("PENDING", end))


def test_states_pass_as_the_job_does() -> None:
    async def run(batches: GeminiBatches, _server: JudgeServer) -> list[str]:
        name = await batches.submit(REQUESTS[:1], "judge")
        return [(await batches.state(name)).phase for _ in range(3)]

    states = ("PENDING", "PENDING", "RUNNING", "SUCCEEDED")
    assert within(run, batch_states=states) == ["waiting", "running", "succeeded"]


def test_cancelled_job_ends() -> None:
    async def run(batches: GeminiBatches, _server: JudgeServer) -> str:
        name = await batches.submit(REQUESTS, "judge")
        await batches.cancel(name)
        return (await batches.state(name)).phase

    assert within(run) == "cancelled"


@pytest.mark.usefixtures("http")
def test_expired_results_are_told_apart_so_that_the_caller_submits_again() -> None:
    async def run(batches: GeminiBatches, server: JudgeServer) -> None:
        name = await batches.submit(REQUESTS, "judge")
        while not (await batches.state(name)).ended:
            pass
        for file in server.files.stored.values():
            file.ends = 0
        with pytest.raises(BatchGone, match="may not exist"):
            _ = [key async for key, _ in batches.results(name)]
        assert len(await finished(batches, await batches.submit(REQUESTS, "again"))) == 24

    within(run)


def test_input_that_expired_before_its_job_began_is_told_apart() -> None:
    async def run(batches: GeminiBatches, _server: JudgeServer) -> None:
        with pytest.raises(BatchGone):
            await batches.submit(REQUESTS, "judge")

    within(run, file_life_s=-1)


def test_job_that_is_not_there_is_told_apart() -> None:
    async def run(batches: GeminiBatches, _server: JudgeServer) -> None:
        for call in (batches.state, batches.cancel):
            with pytest.raises(BatchGone):
                await call("batches/nowhere")

    within(run)


@pytest.mark.usefixtures("http")
@pytest.mark.parametrize(
    "settings", [{"faults": Faults(invalid_key=1)}, {"faults": Faults(unknown_model=1)}]
)
def test_key_and_model_stop_the_run(settings: dict[str, Any]) -> None:
    async def run(batches: GeminiBatches, _server: JudgeServer) -> None:
        with pytest.raises(StopRun) as stop:
            await batches.submit(REQUESTS, "judge")
        assert KEY not in str(stop.value)
        assert stop.value.__context__ is None

    within(run, **settings)


def test_requests_are_split_below_the_limit_and_each_job_knows_its_keys() -> None:
    async def run(batches: GeminiBatches, server: JudgeServer) -> None:
        jobs = [job async for job in batches.submit_all(REQUESTS, "judge")]
        sizes = [len(file.data) for file in server.files.stored.values()]
        assert len(jobs) > 1
        assert max(sizes) <= 2500
        assert [key for job in jobs for key in job.keys] == [key for key, _ in REQUESTS]
        for job in jobs:
            assert (await finished(batches, job.name)).keys() == set(job.keys)

    within(run, byte_limit=2500)


def test_one_job_takes_no_more_than_one_file() -> None:
    async def run(batches: GeminiBatches, _server: JudgeServer) -> None:
        with pytest.raises(ValueError, match="submit_all"):
            await batches.submit(REQUESTS, "judge")
        with pytest.raises(ValueError, match="without requests"):
            await batches.submit([], "judge")

    within(run, byte_limit=2500)


def test_a_job_is_announced_before_anything_of_it_is_sent() -> None:
    async def run(batches: GeminiBatches, server: JudgeServer) -> None:
        heard: list[tuple[str, tuple[str, ...], int, int]] = []

        def announce(name: str, keys: tuple[str, ...]) -> None:
            heard.append((name, keys, len(server.files.stored), len(server.batches.jobs)))

        jobs = [job async for job in batches.submit_all(REQUESTS, "judge", announce)]
        assert [keys for _, keys, _, _ in heard] == [job.keys for job in jobs]
        assert [name for name, *_ in heard] == [f"judge-{n}" for n in range(1, len(jobs) + 1)]
        assert [sent for *_, sent in heard] == list(range(len(jobs)))

    within(run, byte_limit=2500)


@pytest.mark.usefixtures("http")
def test_a_job_is_found_by_its_display_name_among_many() -> None:
    async def run(batches: GeminiBatches, _server: JudgeServer) -> None:
        names = [await batches.submit(REQUESTS[:1], f"judge-{number}") for number in range(205)]
        assert await batches.find("judge-3") == names[3]
        assert await batches.find("judge-204") == names[204]
        assert await batches.find("judge-") is None

    within(run)


def test_lines_have_the_nesting_of_the_rest_interface(tmp_path: Path) -> None:
    (file,) = write_files([("k", REQUEST)], tmp_path, 10**6, "low")

    line = json.loads(file.path.read_bytes())

    assert line.keys() == {"key", "request"}
    request = line["request"]
    assert request.keys() == {"contents", "generation_config", "system_instruction"}
    settings = request["generation_config"]
    assert settings.keys() == {
        *("max_output_tokens", "response_mime_type", "response_json_schema", "thinking_config")
    }
    assert settings["thinking_config"] == {"thinking_level": "LOW"}
    assert request["contents"][0]["parts"][1]["inline_data"]["mime_type"] == "image/png"


def test_names_inside_a_schema_stay_as_they_are(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"myScore": {"type": "integer"}}}

    (file,) = write_files([("k", replace(REQUEST, schema=schema))], tmp_path, 10**6, None)

    line = json.loads(file.path.read_bytes())
    assert line["request"]["generation_config"]["response_json_schema"] == schema


def test_key_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="twice"):
        list(write_files([("k", REQUEST), ("k", REQUEST)], tmp_path, 10**6, None))


def test_request_that_fits_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="over the limit"):
        list(write_files([("k", REQUEST)], tmp_path, 10, None))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *((code, TryAgain) for code in (1, 4, 8, 13, 14, 429, None)),
        *((code, GiveUp) for code in (3, 5, 7, 16, 400)),
    ],
)
def test_codes_of_a_result_line(code: int | None, kind: type[Exception]) -> None:
    line = json.dumps({"key": "k", "error": {"code": code, "message": f"with {KEY}"}}).encode()

    found = outcome_of(line, Scrub(KEY))

    assert found is not None
    assert found[0] == "k"
    assert isinstance(found[1], kind)
    assert KEY not in str(found[1])


@pytest.mark.parametrize(
    "line", [b"", b"{", b"[]", b'{"response": {}}', b'{"key": 3}', b"[" * 100_000]
)
def test_line_without_a_key_is_nothing(line: bytes) -> None:
    assert outcome_of(line, Scrub(KEY)) is None


def test_line_with_neither_response_nor_error_is_to_be_tried_again() -> None:
    found = outcome_of(b'{"key": "k"}', Scrub(KEY))

    assert found is not None
    assert isinstance(found[1], TryAgain)


def test_every_job_state_of_the_sdk_is_known() -> None:
    from google.genai import types

    known = {state.value.removeprefix("JOB_STATE_") for state in types.JobState}

    assert known - {"UNSPECIFIED"} == PHASES.keys()


def test_unknown_state_is_no_end() -> None:
    assert not state_of("JOB_STATE_NEW", None).ended
    assert not state_of(None, None).ended
    assert state_of("BATCH_STATE_PARTIALLY_SUCCEEDED", "files/x").phase == "partial"


def test_requests_are_written_as_they_come(tmp_path: Path) -> None:
    taken: list[str] = []

    def lines() -> Any:
        for key, request in REQUESTS:
            taken.append(key)
            yield key, request

    next(iter(write_files(lines(), tmp_path, 2500, None)))

    assert len(taken) < len(REQUESTS)
    assert isinstance(REQUESTS[0][1], Request)
