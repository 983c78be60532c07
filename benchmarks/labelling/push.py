"""The table of pushing: ours beside the plain SDK in bulk and one by one, on each database."""

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.labelling.server import At, databases, served
from benchmarks.measure import Measured, run

OUT = Path("bench-out")
BULK = 1_000
SDK = "benchmarks.labelling.push_sdk"


def tables(prompts: int, one_by_one: int, repeats: int) -> list[str]:
    """A table for each database."""
    workspace, folder = made(prompts)
    return [
        on(database, workspace, folder, prompts, one_by_one, repeats) for database in databases()
    ]


def made(prompts: int) -> tuple[Path, Path]:
    """The workspace and the folder of its tasks, made once for a size."""
    workspace, folder = OUT / f"label{prompts}", OUT / f"label{prompts}-tasks"
    if not (folder / "page.xml").is_file():
        for module, *given in (
            ("workspace", str(workspace), str(prompts)),
            ("tasks", str(workspace), str(folder)),
        ):
            command = [sys.executable, "-m", f"benchmarks.labelling.{module}", *given]
            subprocess.run(command, check=True)
    return workspace, folder


def on(
    database: str, workspace: Path, folder: Path, prompts: int, one_by_one: int, repeats: int
) -> str:
    """The table of one database: runs in turn, each on an empty server."""
    with served(database) as at:
        os.environ |= at.variables
        sdk = ["-m", SDK, str(folder), at.url, at.key]
        commands = {
            "curate label push": ["-m", "curate", "label", "push", "-C", str(workspace)],
            f"plain SDK, {BULK:,} a request": [*sdk, str(prompts), str(BULK)],
        }
        found = in_turn(at, commands, repeats)
        slow = {f"plain SDK, one a request ({one_by_one:,} tasks)": [*sdk, str(one_by_one), "1"]}
        found |= in_turn(at, slow, 1)
        at.clear()
        run(commands["curate label push"])
        again = {"curate label push, nothing new": commands["curate label push"]}
        found |= {name: run(command) for name, command in again.items()}
    return table(database, found, prompts, one_by_one)


def in_turn(at: At, commands: Mapping[str, Sequence[str]], repeats: int) -> dict[str, Measured]:
    """The median of each command over runs in turn, so that drift hits all alike."""
    runs: dict[str, list[Measured]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            at.clear()
            runs[name].append(run(command))
    return {
        name: Measured(
            *(
                statistics.median(getattr(it, part) for it in all_)
                for part in ("cpu", "wall", "memory")
            )
        )
        for name, all_ in runs.items()
    }


def table(database: str, found: Mapping[str, Measured], prompts: int, one_by_one: int) -> str:
    """A Markdown table, printed and returned; rates are of whole processes."""
    ours, bulk, single, _ = found.values()
    lines = [
        f"### Pushing {prompts:,} prompts x 4 answers, {database}",
        "",
        "| process | wall s | CPU s | peak MB | tasks a second |",
        "|---|---|---|---|---|",
    ]
    counts = (prompts, prompts, one_by_one, prompts)
    for (name, it), count in zip(found.items(), counts, strict=True):
        lines.append(
            f"| {name} | {it.wall:.1f} | {it.cpu:.1f} | {it.memory:.0f} | {count / it.wall:,.0f} |"
        )
    whole = single.wall / one_by_one * prompts
    rate = f"Rate {bulk.wall / ours.wall:.2f} of the plain SDK's in bulk (at least 0.95); "
    rest = f"one a request would take {whole:,.0f} s for all of them (extrapolated)."
    lines += ["", rate + rest]
    text = "\n".join(lines)
    sys.stdout.write(f"\n{text}\n")
    return text
