"""`python -m export.verify READER FOLDER`: the reader's verdict, as one JSON object on stdout.

A line before it says that the reader was entered: what fails earlier says nothing of the rows.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from export.verify.asking import verdict_of
from export.verify.base import ENTERED


def main(name: str, folder: str) -> None:
    """Print the verdict; what the reader's own libraries print goes to stderr."""
    sys.stdout.write(f"\n{ENTERED}\n")
    sys.stdout.flush()
    stdout = os.dup(1)
    os.dup2(2, 1)
    verdict = verdict_of(name, Path(folder))
    with os.fdopen(stdout, "w", encoding="utf-8") as file:
        json.dump(asdict(verdict), file)
    os._exit(0)  # threads of the reader's libraries must not abort what is done


if __name__ == "__main__":
    main(*sys.argv[1:])
