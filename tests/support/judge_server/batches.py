"""Batch jobs over a file of requests: states that pass at each look, results out of order."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from tests.support.judge_server.bodies import as_json, gemini_error
from tests.support.judge_server.faults import number, uniform
from tests.support.judge_server.files import Files, gone
from tests.support.judge_server.gemini import entry, wrong_field
from tests.support.judge_server.wire import Say

Json = dict[str, Any]
Answered = Callable[[str, Json], Json]
WITH_RESULTS = ("SUCCEEDED", "PARTIALLY_SUCCEEDED")
ENDED = (*WITH_RESULTS, "FAILED", "CANCELLED", "EXPIRED")


@dataclass(slots=True)
class Job:
    """One job. `states` are those still to come; the last one stays."""

    name: str
    model: str
    display_name: str
    lines: list[Json]
    states: list[str]
    results: str | None = None


class Batches:
    """All jobs of the server. A partly succeeded job leaves out `missing` of its results."""

    def __init__(
        self, files: Files, states: tuple[str, ...], answered: Answered, missing: float
    ) -> None:
        self.jobs: dict[str, Job] = {}
        self._files, self._states = files, states
        self._answered, self._missing = answered, missing

    def create(self, model: str, body: Json) -> Say:
        """A new job over the lines of an uploaded file."""
        batch = body["batch"]
        source = entry(batch["inputConfig"], "fileName")
        file = self._files.alive(source)
        if file is None:
            return gone(source)
        lines = [json.loads(line) for line in file.data.splitlines() if line.strip()]
        for place, line in enumerate(lines, start=1):
            if wrong := wrong_field(line["request"]):
                return gemini_error(400, "INVALID_ARGUMENT", f"Error on line {place}: {wrong}")
        name = f"batches/{len(self.jobs):024x}"
        label = entry(batch, "displayName") or ""
        self.jobs[name] = Job(name, model, label, lines, list(self._states))
        return as_json(self._card(self.jobs[name]))

    def page(self, query: str) -> Say:
        """Some of the jobs, the newest first, and the token of the next page where there is one."""
        given = dict(parse_qsl(query))
        size, start = int(given.get("pageSize", "50")), int(given.get("pageToken", "0"))
        jobs = list(reversed(self.jobs.values()))
        body: Json = {"operations": [self._card(job) for job in jobs[start : start + size]]}
        if start + size < len(jobs):
            body["nextPageToken"] = str(start + size)
        return as_json(body)

    def answer(self, method: str, name: str) -> Say:
        """GET, DELETE and cancel of a job."""
        name, _, verb = name.partition(":")
        job = self.jobs.get(name)
        if job is None:
            return gemini_error(404, "NOT_FOUND", f"Batch {name} not found.")
        if verb == "cancel":
            job.states = ["CANCELLED"]
            return as_json({})
        if method == "DELETE":
            del self.jobs[name]
            return as_json({})
        if len(job.states) > 1:
            job.states.pop(0)
        return as_json(self._card(job))

    def _card(self, job: Job) -> Json:
        state = job.states[0]
        # The service's own states are BATCH_STATE_*, but it has no word for a part.
        prefix = "JOB_STATE_" if state == "PARTIALLY_SUCCEEDED" else "BATCH_STATE_"
        metadata: Json = {
            "model": f"models/{job.model}",
            "displayName": job.display_name,
            "state": f"{prefix}{state}",
            "batchStats": {"requestCount": str(len(job.lines))},
        }
        if state in WITH_RESULTS:
            metadata["output"] = {"responsesFile": self._results(job, state)}
        return {"name": job.name, "metadata": metadata, "done": state in ENDED}

    def _results(self, job: Job, state: str) -> str:
        if job.results is None:
            job.results = f"files/batch-{job.name.removeprefix('batches/')}"
            left_out = self._missing if state == "PARTIALLY_SUCCEEDED" else 0.0
            lines = [json.dumps(line) for line in self._lines(job, left_out)]
            self._files.add(job.results, "\n".join([*lines, ""]).encode())
        return job.results

    def _lines(self, job: Job, left_out: float) -> Iterator[Json]:
        for line in sorted(job.lines, key=lambda line: number(f"order/{line['key']}")):
            if uniform(f"missing/{line['key']}") >= left_out:
                yield {"key": line["key"], **self._answered(job.model, line["request"])}
