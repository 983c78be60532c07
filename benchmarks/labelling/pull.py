"""The tables of pulling: all votes beside the plain SDK, and what few new ones cost after many.

Nothing here loads the SDK: a process counts the memory of the one that started it as its own peak.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.labelling import push
from benchmarks.labelling.server import At, databases, served
from benchmarks.measure import PARTS, Measured, run
from curate.labelling.pull_project import SETTLED

NEW = (0, 10, 100)
VOTES, SDK = "benchmarks.labelling.pull_votes", "benchmarks.labelling.pull_sdk"
HEAD = ["| process | wall s | CPU s | peak MB |", "|---|---|---|---|"]
Found = dict[str, Measured]


def tables(prompts: int, one_by_one: int, repeats: int) -> Iterator[str]:
    """Two tables for each database."""
    workspace, folder = push.made(prompts)
    for database in databases():
        with served(database) as at:
            os.environ |= at.variables
            few = _few(at, workspace, folder, prompts // 10, repeats)
            project = _project(at, folder, prompts)
            with _copy(workspace) as ours:
                pull = _pull(ours)
                whole = {"curate label pull, all": run(pull)}
                whole |= _by_sdk(at, project, one_by_one)
                many = _incremental(at, project, pull, repeats)
        yield _told(database, whole, prompts, one_by_one)
        yield _told_few(database, few, many, prompts)


def _few(at: At, workspace: Path, folder: Path, votes: int, repeats: int) -> Found:
    """What new votes cost after few."""
    project = _project(at, folder, votes)
    with _copy(workspace) as ours:
        pull = _pull(ours)
        run(pull)
        found = _incremental(at, project, pull, repeats)
    _votes("delete", str(project), at.url, at.key)
    return found


def _by_sdk(at: At, project: int, one_by_one: int) -> Found:
    sdk = ["-m", SDK, str(project), at.url, at.key]
    return {
        "plain SDK, one export": run([*sdk, "bulk"]),
        f"plain SDK, one task at a time ({one_by_one:,} tasks)": run([*sdk, str(one_by_one)]),
    }


def _incremental(at: At, project: int, pull: Sequence[str], repeats: int) -> Found:
    """The median of a pull after so many new votes."""
    found, start = {}, 0
    for new in NEW:
        runs = []
        for _ in range(repeats):
            _votes("vote", str(project), at.url, at.key, str(start), str(start + new))
            start += new
            runs.append(run(pull))
        median = (statistics.median(getattr(it, part) for it in runs) for part in PARTS)
        found[f"{new} new votes"] = Measured(*median)
    return found


def _project(at: At, folder: Path, votes: int) -> int:
    """A project of ours with so many votes, all of them older than what is looked at again."""
    made = int(_votes("make", str(folder), at.url, at.key, str(votes)))
    # Only the clock makes votes older than what every pull reads again.
    time.sleep(SETTLED.total_seconds() + 2)
    return made


def _votes(*given: str) -> str:
    command = [sys.executable, "-m", VOTES, *given]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _pull(workspace: Path) -> list[str]:
    return ["-m", "curate", "label", "pull", "-C", str(workspace)]


@contextmanager
def _copy(workspace: Path) -> Iterator[Path]:
    """The workspace with its prompts, and nothing pulled yet."""
    with TemporaryDirectory(prefix="curate-bench-") as folder:
        found = Path(folder) / "work"
        ignored = shutil.ignore_patterns("annotations", ".label-*")
        yield shutil.copytree(workspace, found, ignore=ignored)


def _told(database: str, found: Mapping[str, Measured], prompts: int, one_by_one: int) -> str:
    ours, bulk, single = found.values()
    whole = single.wall / one_by_one * prompts
    notes = [
        f"{bulk.wall / ours.wall:.2f} times the speed of one export",
        f"one task at a time would take {whole:,.0f} s for all (extrapolated)",
    ]
    return _table(f"Pulling {prompts:,} votes on 4 answers, {database}", found, notes)


def _told_few(database: str, few: Found, many: Found, prompts: int) -> str:
    rows = {f"{name} after {prompts // 10:,}": it for name, it in few.items()}
    rows |= {f"{name} after {prompts:,}": it for name, it in many.items()}
    worst = max(many[name].wall / few[name].wall for name in few)
    return _table(
        f"Pulling what is new, {database}", rows, [f"ten times as many before: {worst:.2f} times"]
    )


def _table(title: str, found: Mapping[str, Measured], notes: Sequence[str]) -> str:
    """A Markdown table, printed and returned."""
    lines = [f"### {title}", "", *HEAD]
    lines += [
        f"| {name} | {it.wall:.2f} | {it.cpu:.2f} | {it.memory:.0f} |" for name, it in found.items()
    ]
    text = "\n".join([*lines, "", "; ".join(notes) + "."])
    sys.stdout.write(f"\n{text}\n")
    return text
