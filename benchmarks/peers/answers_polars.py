"""Exact dedupe of the same answers with polars: WORKSPACE."""

import sys
from pathlib import Path

import polars as pl

SPACE = "".join(char for char in map(chr, range(0x3001)) if char.isspace())


def main(root: str) -> None:
    """Print how many answers are copies of another of their prompt."""
    answers = pl.scan_parquet(Path(root) / "pulls" / "*" / "candidates.parquet")
    form = pl.col("response").str.normalize("NFC").str.strip_chars(SPACE)
    kept = answers.select("prompt_id", form.alias("form")).unique().select(pl.len()).collect()
    total = answers.select(pl.len()).collect()
    sys.stdout.write(f"{total.item() - kept.item()} copies\n")


if __name__ == "__main__":
    main(sys.argv[1])
