"""A workspace of prompts with four answers each, without votes. FOLDER PROMPTS."""

import sys
from pathlib import Path

import numpy as np

from benchmarks.answers import write_answers, write_prompts
from benchmarks.arrays import ids
from benchmarks.generate import new_workspace
from benchmarks.votes import ANSWERS


def main(folder: str, prompts: int) -> None:
    """Write it below `folder`, which must not be there yet."""
    rng = np.random.default_rng(0)
    pull = new_workspace(Path(folder))
    prompt_ids = np.sort(ids(rng, prompts))
    candidate_ids = ids(rng, prompts * ANSWERS).reshape(prompts, ANSWERS)
    write_prompts(pull / "prompts.parquet", prompt_ids, 0)
    write_answers(pull / "candidates.parquet", prompt_ids, candidate_ids, 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
