"""The whole way of a large set, stage by stage: `make bench-scale`, or with --prompts and --engine.

What one engine pulled with --keep another builds with --again: pulls and routes know no engine.

Nothing asserts a time. What was measured is kept in bench-out/scale, and the table of growth has
every size that was ever measured with an engine.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.scale.report import growth_table, stage_table
from benchmarks.scale.stages import Stage, run

OUT = Path("bench-out") / "scale"
SMALL = bool(os.environ.get("SMALL"))
PROMPTS = [1_000, 4_000] if SMALL else [10_000, 100_000]
SETTINGS = ("dedupe.image_hamming=10",)


def main() -> None:
    """Run every size, print its table, and then the table of growth."""
    given = _arguments()
    OUT.mkdir(parents=True, exist_ok=True)
    for prompts in given.prompts:
        stages: list[Stage] = []
        for stage in measured(prompts, given):
            stages.append(stage)
            _keep(given, prompts, stages)
        _show(f"{named(given)}-{prompts}", stage_table(stages, prompts))
    sizes = sorted(int(path.stem.rpartition("-")[2]) for path in OUT.glob(f"{named(given)}-*.json"))
    _show(f"{named(given)}-growth", growth_table({size: _read(given, size) for size in sizes}))


def measured(prompts: int, given: argparse.Namespace) -> Iterator[Stage]:
    """The stages, one after the other, of a fresh workspace, which goes afterwards unless kept."""
    workspace = OUT / f"workspace{prompts}"
    if given.again:
        shutil.rmtree(workspace / "exports", ignore_errors=True)
    else:
        yield from _taken(prompts, given, workspace)
    yield run("build", ["--engine", given.engine, "--force"], workspace)
    yield run("export", ["--format", "trl"], workspace)
    if not given.keep:
        shutil.rmtree(workspace)


def _taken(prompts: int, given: argparse.Namespace, workspace: Path) -> Iterator[Stage]:
    source = OUT / f"source{prompts}"
    if not source.is_dir():
        _python("benchmarks.scale.source", str(source), str(prompts))
    shutil.rmtree(workspace, ignore_errors=True)
    _python("curate", "init", str(workspace), *_set())
    taken = [str(source), "--licence", "CC0-1.0", "--media", given.media]
    yield run("pull", taken, workspace)
    yield run("route", [], workspace)
    _python("benchmarks.scale.journal", str(workspace))


def kept(given: argparse.Namespace, prompts: int) -> Path:
    """Where a run's figures are kept."""
    return OUT / f"{named(given)}-{prompts}.json"


def named(given: argparse.Namespace) -> str:
    """What runs that can be compared are called."""
    return f"{given.engine}-{given.media}"


def _keep(given: argparse.Namespace, prompts: int, stages: Sequence[Stage]) -> None:
    text = json.dumps([stage.as_json() for stage in stages], indent=1)
    kept(given, prompts).write_text(text, "utf-8")


def _read(given: argparse.Namespace, prompts: int) -> list[Stage]:
    return [Stage.of_json(one) for one in json.loads(kept(given, prompts).read_text("utf-8"))]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--prompts", type=int, nargs="+", default=PROMPTS)
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument("--media", choices=("files", "packed"), default="files")
    parser.add_argument("--keep", action="store_true", help="leave the workspace there")
    parser.add_argument("--again", action="store_true", help="build in the one that was left there")
    return parser.parse_args()


def _set() -> list[str]:
    return [word for setting in SETTINGS for word in ("--set", setting)]


def _python(module: str, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", module, *arguments], check=True, stdout=subprocess.DEVNULL
    )


def _show(name: str, table: str) -> None:
    (OUT / f"{name}.md").write_text(f"{table}\n", "utf-8")
    sys.stdout.write(f"\n{table}\n")


if __name__ == "__main__":
    main()
