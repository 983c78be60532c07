"""The tables of what is near: `make bench-near`, smaller with SMALL=1. Nothing asserts a time."""

import os
import sys
from pathlib import Path

from benchmarks.measure import Measured, run
from benchmarks.near import picture_table
from benchmarks.near.quality import Truth

OUT = Path("bench-out")
SMALL = bool(os.environ.get("SMALL"))
COUNTS = {
    "ours": 20_000 if SMALL else 200_000,
    "with_daft": 20_000 if SMALL else 200_000,
    "with_rensa": 20_000 if SMALL else 200_000,
    "with_datasketch": 5_000 if SMALL else 20_000,
}
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
    return run(["-m", f"benchmarks.near.{tool}", str(corpus(count)), str(edges)]), edges


def main() -> None:
    """Run every tool, print the table and write bench-out/near.md."""
    OUT.mkdir(exist_ok=True)
    lines = [
        "| tool | texts | us CPU a text | MB | recall | where words are spaced | precision |",
        "|---|---|---|---|---|---|---|",
    ]
    truths: dict[int, Truth] = {}
    for tool, count in COUNTS.items():
        found, edges = measured(tool, count)
        if count not in truths:
            truths[count] = Truth(corpus(count))
        quality = truths[count].measure(edges)
        lines.append(
            f"| {NAMES[tool]} | {count:,} | {found.cpu / count * 1e6:.0f} | {found.memory:.0f} | "
            f"{quality.recall:.4f} | {quality.spaced:.4f} | {quality.precision:.3f} |"
        )
        print(lines[-1], file=sys.stderr)
    text = "\n\n".join(["\n".join(lines), *picture_table.tables(small=SMALL)]) + "\n"
    (OUT / "near.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
