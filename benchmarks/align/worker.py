"""A part of the plan, run after run in one process: FOLDER NUMBER OF, smaller with SMALL=1."""

import os
import sys
from pathlib import Path

from benchmarks.align import plan, records
from benchmarks.align.training import do


def main(folder: Path, number: int, of: int) -> None:
    """Do every run of this worker that has not been done."""
    path = folder / f"runs-{number}.jsonl"
    records.mend(path)
    planned = plan.runs(small=bool(os.environ.get("SMALL")))[number::of]
    for run in records.missing(planned, folder):
        found = do(run, folder / "policy")
        records.append(path, run, found)
        print(f"{run.experiment}, seed {run.seed}: {found.accuracy:.3f}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
