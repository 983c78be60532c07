"""The tables of what is near: `make bench-near`, smaller with SMALL=1. Nothing asserts a time."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import Measured, run
from benchmarks.near import picture_table

OUT = Path("bench-out")
SMALL = bool(os.environ.get("SMALL"))
COUNTS = {
    "ours": 20_000 if SMALL else 200_000,
    "with_daft": 20_000 if SMALL else 200_000,
    "with_rensa": 20_000 if SMALL else 200_000,
    "with_datasketch": 5_000 if SMALL else 20_000,
}
OWN = {"with_daft": ".venv-daft/bin/python"}
"""Tools that do not go into one environment with ours: `make bench-tools` makes theirs."""

NAMES = {
    "ours": "curate",
    "with_daft": "daft minhash, unchecked",
    "with_rensa": "rensa RMinHash",
    "with_datasketch": "datasketch",
}


def corpus(count: int) -> Path:
    """The corpus of a size, made once."""
    path = OUT / f"near{count}.parquet"
    if not path.is_file():
        run(["-m", "benchmarks.near.corpus", str(path), str(count)])
    return path


def measured(tool: str, count: int) -> tuple[Measured, Path]:
    """One run of a tool, and the edges it wrote."""
    edges = OUT / f"near-{tool}.parquet"
    command = ["-m", f"benchmarks.near.{tool}", str(corpus(count)), str(edges)]
    return run(command, OWN.get(tool, sys.executable)), edges


def quality(source: Path, edges: Path) -> list[float]:
    """Recall, recall where words are spaced, and precision."""
    command = [sys.executable, "-m", "benchmarks.near.quality", str(source), str(edges)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(share) for share in done.stdout.split()]


def main() -> None:
    """Run every tool, print the table and write bench-out/near.md."""
    OUT.mkdir(exist_ok=True)
    lines = [
        "| tool | texts | us CPU a text | MB | recall | where words are spaced | precision |",
        "|---|---|---|---|---|---|---|",
    ]
    for tool, count in COUNTS.items():
        if tool in OWN and not Path(OWN[tool]).is_file():
            print(f"{NAMES[tool]}: not here, make bench-tools", file=sys.stderr)
            continue
        found, edges = measured(tool, count)
        recall, spaced, precision = quality(corpus(count), edges)
        lines.append(
            f"| {NAMES[tool]} | {count:,} | {found.cpu / count * 1e6:.0f} | {found.memory:.0f} | "
            f"{recall:.4f} | {spaced:.4f} | {precision:.3f} |"
        )
        print(lines[-1], file=sys.stderr)
    text = "\n\n".join(["\n".join(lines), *picture_table.tables(small=SMALL)]) + "\n"
    (OUT / "near.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
