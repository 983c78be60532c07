"""A run in a process of its own, to be killed or interrupted.

Run as `python killed_run.py JOURNAL ASKED CONCURRENCY`. Never ends by itself; what it asks is
appended to ASKED, a key a line, before it is asked.
"""

import asyncio
import sys
from itertools import count
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from annotate.running.committer import Committer, open_new  # noqa: E402
from annotate.running.runner import run  # noqa: E402
from annotate.running.traffic import Traffic  # noqa: E402
from annotate.spending.budget import Budget  # noqa: E402 - the path comes first
from tests.support.fake_rater import FakeRater, Step, call  # noqa: E402
from tests.support.fake_run import event_line  # noqa: E402


async def main(path: Path, asked: Path, concurrency: int) -> None:
    """Ask without end."""
    with asked.open("ab", buffering=0) as told, open_new(path) as file:

        def plan(key: str, _number: int) -> Step:
            told.write(key.encode() + b"\n")
            return Step(seconds=0.001)

        await run(
            (call(number) for number in count()),
            FakeRater(plan),
            journal=Committer(file),
            record=event_line,
            budget=Budget(None, None),
            traffic=Traffic(concurrency=concurrency),
            rng=Random(0),
        )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
