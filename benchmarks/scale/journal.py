"""A journal of people's and a judge's votes on some of a workspace's prompts: WORKSPACE.

Prompts of the overlap have two people and the judge, a quarter of the others the judge alone; the
rest keeps what the source said.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.lines import journal_lines
from benchmarks.scale.source import ANSWERS
from benchmarks.votes import Votes

JUDGED = "4"
"""Prompts whose id begins with a smaller digit are judged: a quarter of them."""

BLOCK = 10_000
ANSWERED = """
select prompt_id, list_sort(list(candidate_id)) as candidate_ids, any_value(overlap) as overlap
from read_parquet($candidates) as candidates
join read_parquet($routes) as routes using (prompt_id)
where overlap or prompt_id < $judged
group by prompt_id
having count(*) = $answers
order by prompt_id
"""


def write_votes(workspace: Path) -> int:
    """Write annotations/votes.jsonl, the same for the same pulls and routes; how many events."""
    count = 0
    with (workspace / "annotations" / "votes.jsonl").open("w", encoding="utf-8") as file:
        for votes in _blocks(workspace):
            file.writelines(journal_lines(votes))
            count += len(votes.event_ids)
    return count


def _blocks(workspace: Path) -> Iterator[Votes]:
    given = {
        "candidates": str(workspace / "pulls" / "*" / "candidates.parquet"),
        "routes": str(workspace / "routes.parquet"),
        "judged": JUDGED,
        "answers": ANSWERS,
    }
    rows = duckdb.connect().execute(ANSWERED, given)
    rng = np.random.default_rng(0)
    while block := rows.fetchmany(BLOCK):
        for judge_only in (False, True):
            chosen = [row for row in block if row[2] is not judge_only]
            prompt_ids = np.array([row[0] for row in chosen], dtype="S32")
            candidate_ids = np.array([row[1] for row in chosen], dtype="S32")
            if chosen:
                yield Votes.drawn(rng, prompt_ids, candidate_ids, float(judge_only))


if __name__ == "__main__":
    print(write_votes(Path(sys.argv[1])))
