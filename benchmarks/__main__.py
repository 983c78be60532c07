"""Every table of docs/performance.md, side by side in one run: `make bench`, smaller with SMALL=1.

Nothing here asserts a time. What is asserted is that all give the same pairs.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.measure import Measured, in_turn
from schemas.arrow import table_schema

OUT = Path("bench-out")
SMALL = bool(os.environ.get("SMALL"))
PROMPTS = 5_000 if SMALL else 200_000
PICTURES = (200, 400) if SMALL else (4_000, 18_000)
"""Pairs with a picture each; 18,000 of them are 2 GB."""
REPEATS = 1 if SMALL else 3
Command = Sequence[str]


@dataclass(frozen=True, slots=True)
class Target:
    """Ours against another: at most `cpu` times its CPU and `memory` times its memory."""

    ours: str
    other: str
    cpu: float | None = None
    memory: float | None = None


def main() -> None:
    """Make the sets, run every table, and write bench-out/results.{json,md}."""
    made = generated()
    tables = [pairing(made), whole_build(made), dedupe(made), *exports(), reading(), start_up()]
    (OUT / "results.md").write_text("\n\n".join(tables) + "\n", "utf-8")
    sys.stdout.write(f"\nWritten to {OUT / 'results.md'}\n")


def generated() -> Path:
    """The generated workspaces, made once for a size."""
    folder = OUT / f"g{PROMPTS}"
    if not (folder / "tables").is_dir():
        say(f"making {PROMPTS:,} prompts x 4 answers x 3 raters x 5 metrics")
        # In a process of its own: a child's peak memory counts from what its parent held.
        subprocess.run(
            [sys.executable, "-m", "benchmarks.generate", str(folder), str(PROMPTS)], check=True
        )
    return folder


def pairing(made: Path) -> str:
    """Ratings to pairs to Parquet by one method; the pairs must be the same."""
    tables = made / "tables"
    candidates = str(tables / "candidates.parquet")
    commands: dict[str, Command] = {
        "pairwright": ["-m", "benchmarks.ours.pairs", str(made / "sealed"), str(made / "a.parquet")]
    }
    for peer in ("pandas", "polars", "datasets"):
        commands[peer] = [
            "-m",
            f"benchmarks.peers.pairs_{peer}",
            str(tables / "ratings.parquet"),
            candidates,
            str(made / f"{peer}.parquet"),
        ]
    slow = {"datasets": commands.pop("datasets")}
    found = {**in_turn(commands, REPEATS), **in_turn(slow, 1)}
    files = [str(made / f"{name}.parquet") for name in ("a", "pandas", "polars", "datasets")]
    subprocess.run([sys.executable, "-m", "benchmarks.compare", *files], check=True)
    targets = [
        Target("pairwright", "pandas", 0.6, 0.25),
        Target("pairwright", "polars", 1.0, 0.5),
        Target("pairwright", "datasets", 0.15, None),
    ]
    title = f"Ratings to pairs to Parquet, {PROMPTS * 60:,} ratings; the same pairs from all four"
    return table(title, found, targets)


def whole_build(made: Path) -> str:
    """All of `curate build`, which writes scores, drops, reasons and provenance too."""
    commands = {
        f"curate build, {kind}": ["-m", "curate", "build", "--force", "-C", str(made / folder)]
        for kind, folder in (("events as Parquet", "sealed"), ("events as JSONL", "lines"))
    }
    return table("The whole build", in_turn(commands, 1), [])


def dedupe(made: Path) -> str:
    """Exact dedupe of all answers, one in ten a copy."""
    root = str(made / "copies")
    names = {
        "reading": "ours.answers_read",
        "pairwright": "ours.answers_dedupe",
        "polars": "peers.answers_polars",
        "pandas": "peers.answers_pandas",
    }
    found = in_turn({name: ["-m", f"benchmarks.{m}", root] for name, m in names.items()}, REPEATS)
    targets = [Target("pairwright", "reading", 1.3), Target("pairwright", "polars")]
    return table(f"Exact dedupe of {PROMPTS * 4:,} answers", found, targets)


def exports() -> list[str]:
    """Pairs with pictures, at two sizes, beside `datasets` and a plain write by pyarrow."""
    found = []
    for count in PICTURES:
        build = with_pictures(count)
        commands: dict[str, Command] = {
            f"pairwright, {name}": [
                "-m", "benchmarks.ours.export_build", str(build), str(build / name), name
            ]
            for name in ("trl", "parquet")
        }  # fmt: skip
        for peer, more in (("datasets", [str(build / "cache")]), ("pyarrow", [])):
            out = str(build / f"{peer}.parquet")
            commands[peer] = ["-m", f"benchmarks.peers.export_{peer}", str(build), out, *more]
        measured = in_turn(commands, REPEATS)
        targets = [
            Target("pairwright, trl", "datasets", 0.3, 0.25),
            Target("pairwright, trl", "pyarrow", 1.5),
        ]
        found.append(table(f"Export of {count:,} pairs with a picture each", measured, targets))
    return found


def reading() -> str:
    """Shuffled rows for a trainer, from our shards and from the file that `datasets` wrote."""
    build = with_pictures(PICTURES[-1])
    places = {
        "our shards": str(build / "trl" / "*.parquet"),
        "as datasets writes": str(build / "datasets.parquet"),
    }
    commands: dict[str, Command] = {
        name: ["-m", "benchmarks.reading", place] for name, place in places.items()
    }
    targets = [Target("our shards", "as datasets writes", 0.5)]
    return table("Reading 640 shuffled rows", in_turn(commands, REPEATS), targets)


def with_pictures(count: int) -> Path:
    """A build of so many pairs, made anew where the columns of pairs have changed."""
    build = OUT / f"pictures{count}"
    pairs = build / "pairs.parquet"
    if not pairs.is_file() or pq.read_schema(pairs).names != table_schema("pairs").names:
        say(f"making {count:,} pairs with a picture each")
        shutil.rmtree(build, ignore_errors=True)
        subprocess.run(
            [sys.executable, "-m", "benchmarks.pictures", str(build), str(count)], check=True
        )
    return build


def start_up() -> str:
    """The command's help beside the imports it cannot do without, and the demo."""
    shutil.rmtree(OUT / "demo", ignore_errors=True)
    commands: dict[str, Command] = {
        "import typer, rich": ["-c", "import typer, rich.console, rich.table"],
        "curate --help": ["-m", "curate", "--help"],
    }
    found = in_turn(commands, 5)
    found |= in_turn({"curate demo": ["-m", "curate", "demo", str(OUT / "demo")]}, 1)
    return table("Start", found, [Target("curate --help", "import typer, rich", 2.5)])


def table(title: str, found: Mapping[str, Measured], targets: Sequence[Target]) -> str:
    """A Markdown table, printed and kept; ratios are ours over the other's."""
    lines = [f"### {title}", "", "| process | CPU s | peak MB | wall s |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {one.cpu:.2f} | {one.memory:,.0f} | {one.wall:.2f} |"
        for name, one in found.items()
    ]
    if targets:
        lines += ["", "| ratio | CPU | target | memory | target |", "|---|---|---|---|---|"]
        lines += [_ratio(found, target) for target in targets]
    text = "\n".join(lines)
    sys.stdout.write(f"\n{text}\n")
    _keep(title, found)
    return text


def _ratio(found: Mapping[str, Measured], target: Target) -> str:
    ours, other = found[target.ours], found[target.other]
    cpu, memory = ours.cpu / other.cpu, ours.memory / other.memory
    return (
        f"| {target.ours} / {target.other} | {cpu:.2f} | {_at_most(target.cpu)} "
        f"| {memory:.2f} | {_at_most(target.memory)} |"
    )


def _at_most(value: float | None) -> str:
    return "" if value is None else f"at most {value:g}"


def _keep(title: str, found: Mapping[str, Measured]) -> None:
    path = OUT / "results.json"
    known = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    known[title] = {name: asdict(one) for name, one in found.items()}
    path.write_text(json.dumps(known, indent=2), "utf-8")


def say(text: str) -> None:
    """A line of progress."""
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
