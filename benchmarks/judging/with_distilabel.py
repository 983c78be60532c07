"""distilabel's UltraFeedback task over the same prompts, without the picture. URL TASKS IN_FLIGHT.

Runs in an environment of its own (pip install 'distilabel[openai]' requests) and imports nothing of
ours. The pipeline's steps are processes, so their CPU is counted with them.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from distilabel.models import OpenAILLM
from distilabel.pipeline import Pipeline
from distilabel.steps import LoadDataFromDicts
from distilabel.steps.tasks import UltraFeedback


def judge(rows: list[dict[str, object]], url: str, in_flight: int) -> int:
    """How many of the prompts came back with the model's text."""
    inputs = [{"instruction": row["question"], "generations": row["answers"]} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        with Pipeline("judge", cache_dir=folder) as pipeline:
            load = LoadDataFromDicts(data=inputs, batch_size=in_flight)
            llm = OpenAILLM(model="judge", base_url=f"{url}/v1", api_key="none")
            task = UltraFeedback(llm=llm, aspect="overall-rating", input_batch_size=in_flight)
            load >> task
        found = pipeline.run(use_cache=False)
        told = found["default"]["train"]["distilabel_metadata"]
        return sum(any(key.startswith("raw_output") and row[key] for key in row) for row in told)


def cpu() -> float:
    """CPU seconds of this process and of its children that ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main(url: str, tasks: str, in_flight: int) -> None:
    """Judge and print the figures, start-up taken out by a short run before."""
    rows = [json.loads(line) for line in Path(tasks).read_text("utf-8").splitlines()]
    marks = [(cpu(), time.monotonic())]
    judge(rows[:1], url, in_flight)
    marks.append((cpu(), time.monotonic()))
    answered = judge(rows, url, in_flight)
    marks.append((cpu(), time.monotonic()))
    (cpu_0, wall_0), (cpu_1, wall_1), (cpu_2, wall_2) = marks
    spent = cpu_2 - cpu_1 - (cpu_1 - cpu_0)
    waited = wall_2 - wall_1 - (wall_1 - wall_0)
    found = {
        "calls": len(rows),
        "answered": answered,
        "cpu_ms": 1000 * spent / len(rows),
        "calls_a_second": len(rows) / waited,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
