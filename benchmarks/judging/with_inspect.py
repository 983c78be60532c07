"""inspect_ai's generate over the same prompts, without the picture. URL TASKS IN_FLIGHT.

Runs in an environment of its own (pip install inspect-ai openai) and imports nothing of ours.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from inspect_ai import Task, eval  # noqa: A004 - its own name
from inspect_ai.dataset import Sample
from inspect_ai.solver import generate


def judge(texts: list[str], url: str, in_flight: int) -> int:
    """How many of the texts were answered."""
    task = Task(dataset=[Sample(input=text) for text in texts], solver=generate())
    with tempfile.TemporaryDirectory() as folder:
        (log,) = eval(
            task,
            model="openai/judge",
            model_base_url=f"{url}/v1",
            model_args={"responses_api": False},
            max_connections=in_flight,
            max_samples=in_flight,
            display="none",
            log_dir=folder,
        )
        return sum(bool(sample.output.completion) for sample in log.samples or [])


def main(url: str, tasks: str, in_flight: int) -> None:
    """Judge and print the figures."""
    os.environ["OPENAI_API_KEY"] = "none"
    texts = [json.loads(line)["text"] for line in Path(tasks).read_text("utf-8").splitlines()]
    judge(texts[:in_flight], url, in_flight)
    cpu, wall = time.process_time(), time.monotonic()
    answered = judge(texts, url, in_flight)
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    found = {
        "calls": len(texts),
        "answered": answered,
        "cpu_ms": 1000 * cpu / len(texts),
        "calls_a_second": len(texts) / wall,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
