"""Exact dedupe of the same answers with pandas: WORKSPACE."""

import sys
import unicodedata
from pathlib import Path

import pandas as pd


def main(root: str) -> None:
    """Print how many answers are copies of another of their prompt."""
    files = sorted(Path(root).glob("pulls/*/candidates.parquet"))
    answers = pd.concat(
        [pd.read_parquet(file, columns=["prompt_id", "response"]) for file in files]
    )
    answers["form"] = answers["response"].map(
        lambda text: unicodedata.normalize("NFC", text).strip()
    )
    copies = answers.duplicated(["prompt_id", "form"]).sum()
    sys.stdout.write(f"{copies} copies\n")


if __name__ == "__main__":
    main(sys.argv[1])
