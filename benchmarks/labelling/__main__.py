"""Every table of labelling, side by side in one run: `make bench-labelling`, smaller with SMALL=1.

The server is on this machine and takes a share of its cores, the same for all. Nothing here asserts
a time.
"""

import os
from collections.abc import Iterator

from benchmarks.labelling import pull, push
from benchmarks.labelling.push import OUT

SMALL = bool(os.environ.get("SMALL"))
PROMPTS = 2_000 if SMALL else 10_000
ONE_BY_ONE = 100 if SMALL else 500
REPEATS = 1 if SMALL else 3


def tables() -> Iterator[str]:
    """Every table in turn."""
    yield from pull.tables(PROMPTS, ONE_BY_ONE, REPEATS)
    yield from push.tables(PROMPTS, ONE_BY_ONE, REPEATS)


def main() -> None:
    """Run every table and write bench-out/labelling.md."""
    OUT.mkdir(exist_ok=True)
    (OUT / "labelling.md").write_text("\n\n".join(tables()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
