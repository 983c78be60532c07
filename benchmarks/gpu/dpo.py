"""MM-DPO beside TRL's own trainer: `python -m benchmarks.gpu.dpo`, `--tiny` without a GPU."""

import sys

from benchmarks.gpu import compare

if __name__ == "__main__":
    sys.exit(compare.main("dpo", "trl", "mm-dpo"))
