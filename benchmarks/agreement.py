"""Agreement with 1,000 draws over 12 million ratings: `make bench-agreement`.

[WORKSPACE] measures another workspace than the generated one.
"""

import sys

from annotate.quality.bootstrap import DRAWS
from benchmarks.__main__ import OUT, PROMPTS, generated, table
from benchmarks.measure import in_turn

MOST_SECONDS, MOST_MB = 60, 2_048


def main() -> int:
    """Print what it takes; 1 where it is more than it may be."""
    OUT.mkdir(exist_ok=True)
    workspace = sys.argv[1] if len(sys.argv) > 1 else str(generated() / "sealed")
    found = in_turn({"pairwright": ["-m", "benchmarks.ours.agreement", workspace]}, 3)
    table(f"Agreement and raters, {PROMPTS * 60:,} ratings, {DRAWS:,} draws", found, [])
    took = found["pairwright"]
    return int(took.wall > MOST_SECONDS or took.memory > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
